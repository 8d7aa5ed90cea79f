import {spawnSync} from 'node:child_process';
import {mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** Bytes of GPX nearest to which the new rides are chosen: about 4,000 points. */
const rideBytes = 800_000;

/**
 * Prints what updates of a built data folder take, each in a process of its own: nothing new, one new ride, ten, and one left out.
 * The rides are recorded ones of the set, ridden again in years to come.
 */
export function benchUpdates(main: string, source: string, data: string): void {
  const sizes = gpxFiles(source).map((file) => ({file, off: Math.abs(statSync(file).size - rideBytes)}));
  const rides = sizes.sort((a, b) => a.off - b.off || (a.file < b.file ? -1 : 1)).map(({file}) => file);
  if (rides.length < 11) return;
  console.log('updates:');
  report('nothing new', run(main, ['build', source, '--data', data]));
  report('one new ride', run(main, ['build', again(rides.slice(0, 1), path.join(data, 'one'), 31), '--data', data]));
  report('ten new rides', run(main, ['build', again(rides.slice(1, 11), path.join(data, 'ten'), 32), '--data', data]));
  report('one left out', run(main, ['exclude', '17', '--data', data]));
}

function gpxFiles(folder: string): string[] {
  return readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter((name) => name.endsWith('.gpx'))
    .map((name) => path.join(folder, name));
}

/** Writes rides as ridden again in the year 20xx to a folder of their own; returns it. */
function again(files: string[], folder: string, year: number): string {
  mkdirSync(folder);
  for (const file of files) {
    const text = readFileSync(file, 'utf8').replaceAll(/<time>\d{4}-/g, `<time>20${year}-`);
    writeFileSync(path.join(folder, path.basename(file)), text);
  }
  return folder;
}

type Taken = {seconds: number; tiles: number | undefined};

function run(main: string, args: string[]): Taken {
  const begin = performance.now();
  const child = spawnSync(process.execPath, [main, ...args, '--json'], {encoding: 'utf8', maxBuffer: 1 << 26});
  if (child.status !== 0) throw new Error(child.stderr);
  const seconds = (performance.now() - begin) / 1000;
  return {seconds, tiles: JSON.parse(child.stdout).archive?.encodedTiles};
}

function report(what: string, {seconds, tiles}: Taken): void {
  console.log(`  ${what}: ${seconds.toFixed(2)} s${tiles === undefined ? '' : `, ${tiles} tiles encoded`}`);
}
