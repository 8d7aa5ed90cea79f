import {existsSync} from 'node:fs';
import path from 'node:path';
import {archivePath, buildDefaults} from '../builder/build.ts';
import {hasLibrary, Library} from '../builder/library.ts';
import {verify} from '../builder/verify.ts';
import {parse} from './command.ts';

const help = `trackheat verify [archive]

Checks an archive from its first byte to its last and prints what it has per zoom. The archive beside a library is also held
against the library: every activity, in every tile. Exit code 0 where nothing is wrong.

  --data DIR   folder of library.db, and of the archive where none is named (default ${buildDefaults.data})
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
  const data = libraryOf(archive, values.data);
  const {faults, zooms, compared} = verify(archive, data);
  if (values.json) {
    process.stdout.write(`${JSON.stringify({faults, zooms: Object.fromEntries(zooms), compared})}\n`);
  } else {
    for (const [zoom, report] of zooms) {
      const parts = Object.entries(report).map(([name, n]) => `${n.toLocaleString('en')} ${name}`);
      process.stdout.write(`z${zoom}: ${parts.join(', ')}\n`);
    }
    if (data !== undefined && !compared) {
      process.stdout.write('The library has changed since the archive was written: they were not compared\n');
    }
    for (const fault of faults) process.stdout.write(`FAULT ${fault}\n`);
    const how = compared ? ', and as the library has it' : '';
    process.stdout.write(
      faults.length === 0 ? `${archive}: nothing wrong${how}\n` : `${archive}: ${faults.length} faults\n`,
    );
  }
  return faults.length === 0 ? 0 : 1;
}

/**
 * The data folder with whose library an archive is compared: the one that is named, or the one whose archive it is. A library that
 * this program cannot read says nothing about the archive.
 */
function libraryOf(archive: string, named: string | undefined): string | undefined {
  const folder = named ?? path.dirname(archive);
  const isOwn = named !== undefined || path.resolve(archive) === path.resolve(archivePath(folder));
  if (!isOwn || !hasLibrary(folder)) return undefined;
  try {
    new Library(folder).close();
    return folder;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\nThe archive is checked alone.\n`);
    return undefined;
  }
}
