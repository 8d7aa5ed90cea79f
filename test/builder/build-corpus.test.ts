import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {archivePath, type BuildSummary, build} from '../../builder/build.ts';
import type {FileRecord} from '../../builder/library.ts';
import {verify} from '../../builder/verify.ts';
import {type CorpusEntry, corpus, corpusPath} from '../support/corpus.ts';
import {temporaryFolder} from '../support/files.ts';

const folder = temporaryFolder();

/** Builds one set of the corpus and gives each entry with the records of its file, or of the members of its archive. */
async function buildSet(
  set: CorpusEntry['set'],
): Promise<{summary: BuildSummary; records: Map<string, FileRecord>; found: [CorpusEntry, FileRecord[]][]}> {
  const entries = corpus().filter((entry) => entry.set === set);
  const records = new Map<string, FileRecord>();
  const summary = await build(entries.map(corpusPath), {
    data: path.join(folder, set),
    // These lie all over the world: their thousands of deep tiles would tell nothing more.
    maxZoom: set === 'library' ? 15 : 10,
    onFile: (record) => records.set(record.path, record),
  });
  const found = entries.map((entry): [CorpusEntry, FileRecord[]] => {
    const at = corpusPath(entry);
    const own = [...records.values()].filter((record) => record.path === at || record.path.startsWith(`${at}!`));
    return [entry, own];
  });
  return {summary, records, found};
}

const total = (counts: object): number => Object.values(counts).reduce((sum: number, n: number) => sum + n, 0);

describe.runIf(corpus().length > 0)('build on the corpus', () => {
  test('library: every file as its manifest says, 1,187,838 positions, 29 files without any', async () => {
    const {summary, found} = await buildSet('library');
    expect(summary.files).toBe(581);
    expect(total(summary.outcomes)).toBe(581);
    expect(summary.points).toBe(1_187_838);
    expect(summary.outcomes).toMatchObject({'no-position': 29, 'not-activity': 0, failed: 0});
    for (const [{expect: counted, path}, [record]] of found) {
      expect(record.points, path).toBe(counted.points_valid);
      expect(record.outcome === 'no-position', path).toBe(counted.points_valid === 0);
      if (record.outcome !== 'imported') expect(record.reason, path).not.toBe('');
    }
    const {faults, zooms} = verify(archivePath(path.join(folder, 'library')));
    expect(faults).toEqual([]);
    for (const {rows} of zooms.values()) expect(rows).toBe(summary.activities.imported);
  });

  test.each([
    'broken',
    'formats',
  ] as const)('%s: each file and member ends with an outcome and, if not imported, a reason', async (set) => {
    const {summary, records, found} = await buildSet(set);
    expect(summary.files).toBe(records.size);
    expect(total(summary.outcomes)).toBe(records.size);
    expect(found.reduce((sum, [, own]) => sum + own.length, 0)).toBe(records.size);
    for (const [{path, container, expect: counted}, own] of found) {
      expect([path, own.length > 0]).toEqual([path, true]);
      for (const {outcome, reason} of own) if (outcome !== 'imported') expect(reason, path).not.toBe('');
      if (container !== 'zip') expect([path, own.length]).toEqual([path, 1]);
      for (const {name, points_valid, kml_coords = 0} of counted.members ?? []) {
        // One coordinate of this member is that of a Point.
        const points = name === 'example.kml' ? kml_coords - 1 : (points_valid ?? 0) + kml_coords;
        const record = own.find(({path: at}) => at.endsWith(`!${name}`));
        expect([path, name, record?.points]).toEqual([path, name, points]);
      }
    }
    expect(verify(archivePath(path.join(folder, set))).faults).toEqual([]);
  });

  test('broken archives end as their manifest wants', async () => {
    const {found} = await buildSet('broken');
    const outcomes = (name: string) =>
      found
        .find(([{path: at}]) => at === `broken/${name}`)![1]
        .map(({path: at, outcome}) => [at.replace(/^[^!]*/, ''), outcome]);
    expect(outcomes('cut.zip')).toEqual([['', 'failed']]);
    expect(outcomes('FitTrackee--gpx_test_no_gpx.zip')).toEqual([['', 'not-activity']]);
    expect(outcomes('FitTrackee--gpx_test_incorrect.zip')).toEqual([
      ['!test_1.gpx', 'imported'],
      ['!test_4.gpx', 'not-activity'],
    ]);
    expect(outcomes('path-traversal.zip').map(([at]) => at)).toEqual([
      '!../../evil.gpx',
      '!/abs/evil.gpx',
      '!ok/täglich 日.gpx',
    ]);
  });
});
