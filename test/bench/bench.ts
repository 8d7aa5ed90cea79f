import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {availableParallelism, loadavg, tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {archivePath} from '../../builder/build.ts';
import {verify} from '../../builder/verify.ts';
import {benchRaster} from './raster.ts';
import {benchUpdates} from './updates.ts';

const help = `npm run bench -- [options]

Builds a set of synthetic activities from nothing in a process of its own, updates it, then draws raster tiles of it, and prints
what that took. Compare CPU seconds, not wall time. The sets come from the generator in ../shared/bench.

  --set S|M       S: 300 activities, 0.93 M points (default); M: 4,000 activities, 16.0 M points
  --from DIR      build these activities instead of a set
  --workers N     worker threads (default: all cores)
  --no-raster     leave the raster tiles out
`;

const sets = {
  S: ['--n', '300', '--p', '3000'],
  M: ['--n', '4000', '--p', '4000'],
};

const values = options();

if (values.help) process.stdout.write(help);
else await bench();

function options() {
  try {
    return parseArgs({
      options: {
        set: {type: 'string', default: 'S'},
        from: {type: 'string'},
        workers: {type: 'string'},
        'no-raster': {type: 'boolean'},
        help: {type: 'boolean', short: 'h'},
      },
    }).values;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${help}`);
    return process.exit(2);
  }
}

async function bench(): Promise<void> {
  const source = values.from ?? activitiesOf(values.set);
  const data = mkdtempSync(path.join(tmpdir(), 'trackheat-bench-'));
  try {
    console.log(`Node ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}`);
    const main = fileURLToPath(new URL('../../cli/main.js', import.meta.url));
    const workers = values.workers === undefined ? [] : ['--workers', values.workers];
    const child = spawnSync(process.execPath, [main, 'build', source, '--data', data, '--json', ...workers], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    if (child.status !== 0) throw new Error(child.stderr);
    const {files, points, seconds, cpuSeconds, peakMemoryBytes, archive} = JSON.parse(child.stdout);
    console.log(`build: ${files} files, ${points.toLocaleString('en')} points`);
    console.log(
      `  ${cpuSeconds.toFixed(1)} CPU s, ${seconds.toFixed(1)} s, peak ${Math.round(peakMemoryBytes / 1e6)} MB`,
    );
    console.log(`  ${((cpuSeconds / points) * 1e6).toFixed(2)} CPU µs per point`);
    console.log(
      `archive: ${(archive.bytes / 1e6).toFixed(2)} MB, ${archive.tiles} tiles, largest ${archive.largestTileBytes} bytes`,
    );
    const {faults, zooms} = verify(archivePath(data));
    for (const [zoom, report] of zooms)
      console.log(`  z${zoom}: ${report.tiles} tiles, ${report.bytes} bytes, largest ${report.largest}`);
    console.log(`verify: ${faults.length} faults`);
    benchUpdates(main, source, data);
    if (!values['no-raster']) await benchRaster(archivePath(data));
  } finally {
    rmSync(data, {recursive: true});
  }
}

/** Folder of a set's activities, made on the first call and kept in the system's temporary folder. */
function activitiesOf(set: string): string {
  if (!Object.hasOwn(sets, set)) throw new Error(`--set ${set}: expected ${Object.keys(sets).join(' or ')}`);
  const folder = path.join(tmpdir(), 'trackheat-bench-sets', set);
  if (existsSync(folder) && readdirSync(folder).length > 0) return folder;
  const generator = fileURLToPath(new URL('../../../../shared/bench/generate.mjs', import.meta.url));
  if (!existsSync(generator)) throw new Error(`${generator} is missing: name activities of your own with --from`);
  mkdirSync(folder, {recursive: true});
  console.log(`Making set ${set} (once)…`);
  const args = ['--name', set, ...sets[set as keyof typeof sets], '--out', folder, '--gpx'];
  if (spawnSync(process.execPath, [generator, ...args], {stdio: 'ignore'}).status !== 0) {
    rmSync(folder, {recursive: true});
    throw new Error(`${generator} failed`);
  }
  return folder;
}
