import {editCommand, editHelp} from './edit.ts';

const help = `trackheat include ID…

Brings activities back that were excluded or forgotten. Of forgotten ones the file is read again.

${editHelp}

Example: trackheat include 17
`;

export const runInclude = editCommand(help, (library, numbers) => library.include(numbers));
