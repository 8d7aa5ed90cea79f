import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {run} from '../support/cli.ts';
import {temporaryFolder, writeGpx} from '../support/files.ts';
import {along, morning, track} from '../support/tracks.ts';

const folder = temporaryFolder();
const activities = path.join(folder, 'activities');
mkdirSync(activities);
writeGpx(activities, 'ride.gpx', [
  track(
    along(
      [
        [0, 0],
        [1000, 400],
      ],
      5,
    ),
  ),
]);
writeFileSync(path.join(activities, 'broken.fit'), '');
const data = path.join(folder, 'data');

describe('trackheat build', () => {
  test('prints one JSON object and writes one report line per file', async () => {
    const report = path.join(folder, 'report.jsonl');
    const {code, stdout} = await run(['build', activities, '--data', data, '--json', '--report', report]);
    expect(code).toBe(0);
    const summary = JSON.parse(stdout);
    expect(summary).toMatchObject({
      files: 2,
      outcomes: {imported: 1, failed: 1},
      activities: {imported: 1},
      points: 216,
    });
    for (const key of ['seconds', 'cpuSeconds', 'peakMemoryBytes']) expect(summary[key]).toBeGreaterThan(0);
    for (const key of ['bytes', 'tiles', 'largestTileBytes']) expect(summary.archive[key]).toBeGreaterThan(0);
    const lines = readFileSync(report, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.path)).toEqual([
      path.join(activities, 'broken.fit'),
      path.join(activities, 'ride.gpx'),
    ]);
    expect(lines[0]).toMatchObject({outcome: 'failed', points: 0, first: null});
    expect(lines[0].reason).toContain('empty file');
    expect(lines[1]).toMatchObject({
      outcome: 'imported',
      activities: 1,
      points: 216,
      kept: 216,
      first: new Date(morning).toISOString(),
      last: new Date(morning + 215_000).toISOString(),
    });
  });

  test('tells people the outcomes and each failed file with its reason', async () => {
    const {code, stderr} = await run(['build', activities, '--data', path.join(folder, 'other')]);
    expect(code).toBe(0);
    expect(stderr).toContain('2 files: 1 imported, 1 failed');
    expect(stderr).toMatch(/failed: .*broken\.fit: found an empty file/);
  });

  test('without paths brings the archive up to date, and with --prune forgets what is gone', async () => {
    const gone = path.join(folder, 'gone');
    mkdirSync(gone);
    const file = writeGpx(gone, 'a.gpx', [
      track(
        along(
          [
            [0, 0],
            [1500, 300],
          ],
          5,
        ),
      ),
    ]);
    writeGpx(gone, 'b.gpx', [
      track(
        along(
          [
            [0, 0],
            [0, 1500],
          ],
          5,
        ),
        {start: morning + 86_400_000},
      ),
    ]);
    const own = path.join(folder, 'own');
    expect((await run(['build', gone, '--data', own])).code).toBe(0);
    rmSync(file);
    expect((await run(['build', '--data', own])).stderr).toMatch(/^No files to import\.\n.*heat\.pmtiles: \d/);
    const kept = await run(['build', '--data', own, '--json']);
    expect(JSON.parse(kept.stdout)).toMatchObject({files: 0, pruned: {files: 0}, archive: {encodedTiles: 0}});
    const {code, stdout, stderr} = await run(['build', '--prune', '--data', own, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({files: 0, pruned: {files: 1, activities: 1}});
    expect(stderr).toContain('1 file gone: 1 activity forgotten');
  });

  test('leaves the report of the build before alone where it does not understand its options', async () => {
    const report = path.join(folder, 'kept.jsonl');
    writeFileSync(report, '{}\n');
    for (const wrong of ['--workers', '--max-zoom', '--include']) {
      expect((await run(['build', activities, '--report', report, wrong, 'abc'])).code).toBe(2);
    }
    expect(readFileSync(report, 'utf8')).toBe('{}\n');
  });

  test('ends with 1 where nothing could be drawn and where a path is missing', async () => {
    const lone = await run(['build', path.join(activities, 'broken.fit'), '--data', path.join(folder, 'none')]);
    expect(lone.code).toBe(1);
    const missing = await run(['build', path.join(folder, 'nowhere'), '--data', data]);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('nowhere: no such file or folder');
  });
});

describe('trackheat', () => {
  test.each([
    [['fly'], "'fly' is no command"],
    [['build'], 'which folders or files?'],
    [['build', '.', '--wings'], "Unknown option '--wings'"],
    [['build', '.', '--workers', 'many'], '--workers many: expected a whole number'],
    [
      ['serve', '--allow-host', 'my.host:9411'],
      '--allow-host my.host:9411: expected a host name without scheme and port',
    ],
    [
      ['raster', '--archive', 'README.md', '--allow-host', 'http://b.host'],
      '--allow-host http://b.host: expected a host',
    ],
    [['serve', '--cors', 'https://example.org/'], '--cors https://example.org/: expected an origin without path'],
    [['serve', '--port', '99999'], '--port 99999: expected a whole number from 0 to 65535'],
  ])('ends with 2 and a sentence for %j', async (args, sentence) => {
    const {code, stderr} = await run(args as string[]);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });

  test.each(['build', 'serve', 'raster', 'verify'])('%s --help has an example', async (command) => {
    const {code, stdout} = await run([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Example: trackheat ${command}`);
  });

  test('verify finds nothing wrong with what build wrote, and faults in what was damaged', async () => {
    const archive = path.join(data, 'heat.pmtiles');
    expect(await run(['verify', archive])).toMatchObject({code: 0});
    const bytes = readFileSync(archive);
    bytes[bytes.length - 100] ^= 0xff;
    writeFileSync(path.join(folder, 'damaged.pmtiles'), bytes);
    const damaged = await run(['verify', path.join(folder, 'damaged.pmtiles'), '--json']);
    expect(damaged.code).toBe(1);
    expect(JSON.parse(damaged.stdout).faults[0]).toContain('does not decode');
  });
});
