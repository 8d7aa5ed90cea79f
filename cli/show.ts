import {buildDefaults} from '../builder/build.ts';
import type {Removed} from '../builder/clean.ts';
import type {ActivityFacts, OtherRecording} from '../builder/library.ts';
import {activityNumbers} from './activity-numbers.ts';
import {parse} from './command.ts';
import {length, localTime, plainFacts, time} from './format.ts';
import {withLibrary} from './library-of.ts';
import {cause, stateText} from './sentences.ts';

const help = `trackheat show ID…

Tells what the library knows of activities: where they come from, what was taken out of them and why, and which other
recordings there are of the same outing.

  --data DIR   folder of library.db (default ${buildDefaults.data})
  --json       print one JSON object

Example: trackheat show 17
`;

const flags = {data: {type: 'string'}, json: {type: 'boolean'}, help: {type: 'boolean', short: 'h'}} as const;

export async function runShow(args: string[]): Promise<number> {
  const {values, positionals} = parse(args, flags);
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const numbers = activityNumbers(positionals);
  const found = withLibrary(values.data ?? buildDefaults.data, (library) =>
    numbers.map((number) => {
      const shown = library.show(number);
      if (!shown) throw new Error(`no activity ${number} in the library`);
      return shown;
    }),
  );
  if (values.json) {
    const activities = found.map(({activity, others}) => ({...plainFacts(activity), others}));
    process.stdout.write(`${JSON.stringify({activities})}\n`);
  } else process.stdout.write(found.map(({activity, others}) => text(activity, others)).join('\n'));
  return 0;
}

function text(activity: ActivityFacts, others: OtherRecording[]): string {
  const {number, name, sport, path, place, device, gear, commute, distance, moving, duration, ascent} = activity;
  const lines = [
    `${number}  ${name || '(no name)'}`,
    `  state     ${stateText(activity)}`,
    `  file      ${path}${place > 0 ? `, activity ${place + 1} in it` : ''}`,
    `  sport     ${sport}${commute ? ', commute' : ''}${gear ? `, ${gear}` : ''}`,
    `  start     ${localTime(activity)}`,
    `  way       ${length(distance)}, ${length(ascent)} up`,
    `  time      ${time(duration)}, ${time(moving)} in motion`,
    `  device    ${device || '-'}`,
  ];
  if (activity.state !== 'forgotten') {
    lines.push(
      `  points    ${activity.points.toLocaleString('en')} recorded, ${activity.kept.toLocaleString('en')} after cleaning`,
    );
    for (const [key, reason] of reasons) {
      const n = activity.removed[key] ?? 0;
      if (n > 0) lines.push(`            ${n.toLocaleString('en')} ${n === 1 ? reason[0] : reason[1]}`);
    }
  }
  for (const other of others)
    lines.push(`  also      ${other.number} (${other.state}), ${cause(other)}: ${other.path}`);
  return `${lines.join('\n')}\n`;
}

/** What cleaning did, one and many. */
const reasons: [keyof Removed, [one: string, many: string]][] = [
  ['nullIsland', ['point taken out: at 0/0', 'points taken out: at 0/0']],
  ['spikes', ['point taken out: nobody can have been there', 'points taken out: nobody can have been there']],
  ['stops', ['point taken out: standing still', 'points taken out: standing still']],
  ['beyond', ['point taken out: beyond the edge of the map', 'points taken out: beyond the edge of the map']],
  ['single', ['point taken out: alone between two breaks', 'points taken out: alone between breaks']],
  ['times', ['wrong time: its point stayed', 'wrong times: their points stayed']],
  [
    'gaps',
    [
      'break made: nothing was recorded for too long or too far',
      'breaks made: nothing was recorded for too long or too far',
    ],
  ],
];
