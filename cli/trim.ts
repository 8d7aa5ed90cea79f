import {buildDefaults} from '../builder/build.ts';
import {parse, UsageError} from './command.ts';
import {changeLibrary, editFlags, editHelp, updateArchive} from './edit.ts';
import {withLibrary} from './library-of.ts';
import {hiddenText} from './sentences.ts';

/** Ground metres. */
const most = 100_000;

const help = `trackheat trim [METRES]

Takes so many metres along the way off both ends of each activity on its way into the archive; 0 takes nothing off. The
library keeps the whole tracks. An activity that is not longer than both ends leaves the map. Without METRES it tells how
many are taken off. Who often starts at one place needs a zone there as well: ends at equal distance from it point to it.

${editHelp}

Example: trackheat trim 200
`;

export async function runTrim(args: string[]): Promise<number> {
  const {values, positionals} = parse(args, editFlags);
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const data = values.data ?? buildDefaults.data;
  if (positionals.length === 0) {
    tell(
      withLibrary(data, (library) => library.trimMeters()),
      values.json,
      undefined,
    );
    return 0;
  }
  const [text, ...more] = positionals;
  const meters = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (more.length > 0 || !(meters <= most)) {
    throw new UsageError(`'${positionals.join(' ')}': expected a whole number of metres from 0 to ${most}`);
  }
  changeLibrary(data, values.later, (library) => library.setTrimMeters(meters));
  const archive = await updateArchive(data, values.later);
  tell(meters, values.json, archive ?? null);
  if (!values.json && !values.later) process.stdout.write(hiddenText(withLibrary(data, (library) => library.list())));
  return 0;
}

function tell(meters: number, json: boolean | undefined, archive: object | null | undefined): void {
  if (json) process.stdout.write(`${JSON.stringify({trim: meters, archive})}\n`);
  else if (meters === 0) process.stdout.write('Nothing is taken off the ends of activities.\n');
  else process.stdout.write(`${meters.toLocaleString('en')} m are taken off both ends of each activity.\n`);
}
