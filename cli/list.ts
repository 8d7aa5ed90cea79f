import {buildDefaults} from '../builder/build.ts';
import {states} from '../builder/library/facts.ts';
import {type ActivityFilter, filterActivities} from '../builder/library/filter-activities.ts';
import type {ActivityFacts} from '../builder/library.ts';
import {dayOfDate} from '../core/days.ts';
import {isSport, sports} from '../core/sports.ts';
import {parse, UsageError, wholeNumber} from './command.ts';
import {length, localTime, plainFacts, table, time} from './format.ts';
import {withLibrary} from './library-of.ts';

const help = `trackheat list [words…]

Lists the activities of the library whose name, gear, device or path has all of the words: those on the map and those taken
off it, unless --state asks for others. A hidden one lies wholly within privacy zones and trimmed ends.

  --sport S,S     only these sports: ${sports.slice(1, 6).join(', ')} …
  --from DATE     on this day or later, YYYY-MM-DD
  --to DATE       on this day or before
  --state S,S     ${states.join(', ')} or all (default active,excluded)
  --sort KEY      number (default), start, distance, duration, name
  --reverse       last ones first
  --limit N       at most so many
  --data DIR      folder of library.db (default ${buildDefaults.data})
  --json          print one JSON object

Example: trackheat list alps --sport ride,gravel --from 2024-01-01 --sort distance --reverse
`;

const flags = {
  sport: {type: 'string'},
  from: {type: 'string'},
  to: {type: 'string'},
  state: {type: 'string'},
  sort: {type: 'string'},
  reverse: {type: 'boolean'},
  limit: {type: 'string'},
  data: {type: 'string'},
  json: {type: 'boolean'},
  help: {type: 'boolean', short: 'h'},
} as const;

const sortKeys = ['number', 'start', 'distance', 'duration', 'name'] as const;

export async function runList(args: string[]): Promise<number> {
  const {values, positionals} = parse(args, flags);
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const filter: ActivityFilter = {
    words: positionals,
    sports: values.sport === undefined ? undefined : listOf('sport', values.sport, isSport),
    states: statesOf(values.state ?? 'active,excluded'),
    from: dayOf('from', values.from),
    to: dayOf('to', values.to),
  };
  const key = sortKeys.find((each) => each === (values.sort ?? 'number'));
  if (!key) throw new UsageError(`--sort ${values.sort}: expected one of ${sortKeys.join(', ')}`);
  const limit = wholeNumber('limit', values.limit, 1, 1e9, 1e9);
  const found = withLibrary(values.data ?? buildDefaults.data, (library) => filterActivities(library.list(), filter));
  sortBy(found, key);
  if (values.reverse) found.reverse();
  const shown = found.slice(0, limit);
  if (values.json) process.stdout.write(`${JSON.stringify({activities: shown.map(plainFacts)})}\n`);
  else process.stdout.write(text(shown, found.length));
  return 0;
}

function text(activities: ActivityFacts[], total: number): string {
  if (total === 0) return 'No activities.\n';
  const rows = activities.map((each) => [
    String(each.number),
    localTime(each),
    each.sport,
    length(each.distance),
    time(each.moving),
    each.hidden ? `${each.state}, hidden` : each.state,
    each.name,
  ]);
  const left = total - activities.length;
  return table([['ID', 'START', 'SPORT', 'WAY', 'MOVING', 'STATE', 'NAME'], ...rows], [1, 2, 5, 6]).concat(
    left > 0 ? `and ${left} more\n` : '',
  );
}

/** Sorts in place; what is unknown comes first, and equal ones stay in the order of their numbers. */
function sortBy(activities: ActivityFacts[], key: (typeof sortKeys)[number]): void {
  const value = (activity: ActivityFacts) => {
    const found = activity[key];
    return typeof found === 'number' && Number.isNaN(found) ? Number.NEGATIVE_INFINITY : found;
  };
  activities.sort((a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0));
}

function listOf(name: string, text: string, isKnown: (word: string) => boolean): string[] {
  const words = text.split(',');
  const unknown = words.find((word) => !isKnown(word));
  if (unknown !== undefined) throw new UsageError(`--${name} ${unknown}: there is no such ${name}`);
  return words;
}

function statesOf(text: string): ActivityFilter['states'] {
  if (text === 'all') return undefined;
  const wanted = listOf('state', text, (word) => (states as readonly string[]).includes(word));
  return states.filter((state) => wanted.includes(state));
}

function dayOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const day = dayOfDate(text);
  if (Number.isNaN(day)) throw new UsageError(`--${name} ${text}: expected a date, YYYY-MM-DD`);
  return day;
}
