import {existsSync} from 'node:fs';
import {archivePath, buildDefaults} from '../builder/build.ts';
import {verify} from '../builder/verify.ts';
import {parse} from './command.ts';

const help = `trackheat verify [archive]

Checks an archive from its first byte to its last and prints what it has per zoom. Exit code 0 where nothing is wrong.

  --data DIR   folder whose heat.pmtiles is checked where no archive is named (default ${buildDefaults.data})
  --json       print one JSON object

Example: trackheat verify heat.pmtiles
`;

const flags = {data: {type: 'string'}, json: {type: 'boolean'}, help: {type: 'boolean', short: 'h'}} as const;

export async function runVerify(args: string[]): Promise<number> {
  const {values, positionals} = parse(args, flags);
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const archive = positionals[0] ?? archivePath(values.data ?? buildDefaults.data);
  if (!existsSync(archive)) throw new Error(`${archive}: no such archive`);
  const {faults, zooms} = verify(archive);
  if (values.json) {
    process.stdout.write(`${JSON.stringify({faults, zooms: Object.fromEntries(zooms)})}\n`);
  } else {
    for (const [zoom, report] of zooms) {
      const parts = Object.entries(report).map(([name, n]) => `${n.toLocaleString('en')} ${name}`);
      process.stdout.write(`z${zoom}: ${parts.join(', ')}\n`);
    }
    for (const fault of faults) process.stdout.write(`FAULT ${fault}\n`);
    process.stdout.write(faults.length === 0 ? `${archive}: nothing wrong\n` : `${archive}: ${faults.length} faults\n`);
  }
  return faults.length === 0 ? 0 : 1;
}
