import {editCommand, editHelp} from './edit.ts';

const help = `trackheat exclude ID…

Takes activities off the map; the library keeps them. Other recordings of the same outing do not come forth instead. A number
or a range each.

${editHelp}

Example: trackheat exclude 17 20-25
`;

export const runExclude = editCommand(help, (library, numbers) => {
  library.exclude(numbers);
  return [];
});
