import {editCommand, editHelp} from './edit.ts';

const help = `trackheat forget ID…

Takes activities out of the library: their points are gone from it, and neither their files nor copies of these bring them back,
unless trackheat include asks for it. Files are left as they are. Where there is another recording of the same outing, that
one comes on the map; forget it too, or use trackheat exclude, which takes the outing off.

${editHelp}

Example: trackheat forget 17
`;

export const runForget = editCommand(help, (library, numbers) => {
  library.forget(numbers);
  return [];
});
