import {buildDefaults} from '../builder/build.ts';
import {states} from '../builder/library/facts.ts';
import {type ActivitySums, sumActivities, yearOf} from '../builder/library/sum-activities.ts';
import {parse, UsageError} from './command.ts';
import {length, table} from './format.ts';
import {withLibrary} from './library-of.ts';

const help = `trackheat stats

Counts the activities of the library by state, and sums up those on the map by sport and by year.

  --data DIR   folder of library.db (default ${buildDefaults.data})
  --json       print one JSON object

Example: trackheat stats
`;

const flags = {data: {type: 'string'}, json: {type: 'boolean'}, help: {type: 'boolean', short: 'h'}} as const;

export async function runStats(args: string[]): Promise<number> {
  const {values, positionals} = parse(args, flags);
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  if (positionals.length > 0) throw new UsageError(`'${positionals[0]}': stats takes no such argument`);
  const {all, files} = withLibrary(values.data ?? buildDefaults.data, (library) => ({
    all: library.list(),
    files: library.files(),
  }));
  const counts = Object.fromEntries(states.map((state) => [state, all.filter((each) => each.state === state).length]));
  const active = all.filter(({state}) => state === 'active');
  const sports = sumActivities(active, ({sport}) => sport);
  const years = sumActivities(active, yearOf);
  const outcomes: Record<string, number> = {};
  for (const {outcome} of files.values()) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  if (values.json) {
    const summary = {
      files: outcomes,
      activities: counts,
      sports: Object.fromEntries(sports),
      years: Object.fromEntries(years),
    };
    process.stdout.write(`${JSON.stringify(summary)}\n`);
    return 0;
  }
  const list = (numbers: Record<string, number>) =>
    Object.entries(numbers)
      .filter(([, n]) => n > 0)
      .map(([name, n]) => `${n.toLocaleString('en')} ${name}`)
      .join(', ') || 'none';
  process.stdout.write(`Files: ${list(outcomes)}\nActivities: ${list(counts)}\n`);
  if (active.length > 0) {
    process.stdout.write(`\n${sumTable('SPORT', sports)}`);
    process.stdout.write(`\n${sumTable('YEAR', years)}`);
  }
  return 0;
}

function sumTable(head: string, sums: Map<string, ActivitySums>): string {
  const rows = [...sums].map(([key, {activities, distance, moving, ascent, points}]) => [
    key,
    activities.toLocaleString('en'),
    length(distance),
    `${Math.round(moving / 3600).toLocaleString('en')} h`,
    `${Math.round(ascent).toLocaleString('en')} m`,
    points.toLocaleString('en'),
  ]);
  return table([[head, 'ACTIVITIES', 'WAY', 'MOVING', 'UP', 'POINTS'], ...rows], [0]);
}
