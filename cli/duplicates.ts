import {buildDefaults} from '../builder/build.ts';
import type {ActivityFacts, Library, OtherRecording} from '../builder/library.ts';
import {activityNumbers} from './activity-numbers.ts';
import {parse, UsageError} from './command.ts';
import {changeLibrary, editFlags, updateAfter} from './edit.ts';
import {length, localTime, plainFacts} from './format.ts';
import {withLibrary} from './library-of.ts';
import {cause} from './sentences.ts';

const help = `trackheat duplicates [--flip ID]

Lists outings that were recorded or stored more than once: first the activity that is on the map, below it its duplicates,
why they are some, and what of them is on the map all the same, because nothing else has it.

  --flip ID    let this duplicate stand for the outing instead (may be given again), and bring the archive up to date
  --later      with --flip: leave the archive as it is until the next build
  --data DIR   folder of library.db and heat.pmtiles (default ${buildDefaults.data})
  --json       print one JSON object

Example: trackheat duplicates --flip 18
`;

const flags = {...editFlags, flip: {type: 'string', multiple: true}} as const;

export async function runDuplicates(args: string[]): Promise<number> {
  const {values, positionals} = parse(args, flags);
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  if (positionals.length > 0) throw new UsageError(`'${positionals[0]}': to change a winner use --flip ID`);
  const data = values.data ?? buildDefaults.data;
  if (!values.flip) {
    const groups = withLibrary(data, groupsOf);
    if (values.json) process.stdout.write(`${JSON.stringify({groups: groups.map(plainGroup)})}\n`);
    else process.stdout.write(groups.length === 0 ? 'No duplicates.\n' : groups.map(text).join('\n'));
    return 0;
  }
  const numbers = activityNumbers(values.flip);
  changeLibrary(data, values.later, (library) => {
    for (const number of numbers) {
      const activity = library.show(number)?.activity;
      if (!activity) throw new Error(`no activity ${number} in the library`);
      if (activity.state !== 'duplicate') throw new Error(`activity ${number} is ${activity.state}, not a duplicate`);
    }
    library.prefer(numbers);
  });
  return updateAfter(data, numbers, values);
}

/** An activity that stands for its outing, and its duplicates. */
type Group = {activity: ActivityFacts; duplicates: {activity: ActivityFacts; other: OtherRecording | undefined}[]};

function groupsOf(library: Library): Group[] {
  const all = new Map(library.list().map((activity) => [activity.number, activity]));
  const groups = new Map<number, Group>();
  for (const activity of all.values()) {
    const winner = activity.duplicateOf === undefined ? undefined : all.get(activity.duplicateOf);
    if (activity.state !== 'duplicate' || !winner) continue;
    const group = groups.get(winner.number) ?? {activity: winner, duplicates: []};
    const other = library.show(activity.number)?.others.find(({number}) => number === winner.number);
    group.duplicates.push({activity, other});
    groups.set(winner.number, group);
  }
  return [...groups.values()].sort((a, b) => a.activity.number - b.activity.number);
}

function plainGroup({activity, duplicates}: Group): object {
  return {
    ...plainFacts(activity),
    duplicates: duplicates.map(({activity: duplicate, other}) => ({
      ...plainFacts(duplicate),
      by: other?.by ?? null,
      share: other?.share ?? null,
      minutes: other?.minutes ?? null,
    })),
  };
}

function text({activity, duplicates}: Group): string {
  const {number, sport, distance, path, state} = activity;
  const off = state === 'active' ? '' : ` (${state})`;
  const lines = [`${number}${off}  ${localTime(activity)}  ${sport}  ${length(distance)}  ${path}`];
  for (const {activity: duplicate, other} of duplicates) {
    const stays = Number.isNaN(duplicate.remainder) ? '' : `; ${length(duplicate.remainder)} of it on the map`;
    const why = other ? cause(other) : 'a duplicate';
    lines.push(`  ${duplicate.number}  ${length(duplicate.distance)}  ${why}${stays}  ${duplicate.path}`);
  }
  return `${lines.join('\n')}\n`;
}
