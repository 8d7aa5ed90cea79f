import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {archivePath, type BuildSummary, build} from '../../builder/build.ts';
import type {FileRecord} from '../../builder/library.ts';
import {verify} from '../../builder/verify.ts';
import {type CorpusEntry, corpus, corpusPath} from '../support/corpus.ts';
import {temporaryFolder} from '../support/files.ts';

const folder = temporaryFolder();

/** Builds one set of the corpus and gives each entry with the record of its file. */
async function buildSet(set: CorpusEntry['set']): Promise<{summary: BuildSummary; found: [CorpusEntry, FileRecord][]}> {
  const entries = corpus().filter((entry) => entry.set === set);
  const records = new Map<string, FileRecord>();
  const summary = await build(entries.map(corpusPath), {
    data: path.join(folder, set),
    // These lie all over the world: their thousands of deep tiles would tell nothing more.
    maxZoom: set === 'library' ? 15 : 10,
    onFile: (record) => records.set(record.path, record),
  });
  return {summary, found: entries.map((entry) => [entry, records.get(corpusPath(entry)) as FileRecord])};
}

const total = (counts: object): number => Object.values(counts).reduce((sum: number, n: number) => sum + n, 0);

describe.runIf(corpus().length > 0)('build on the corpus', () => {
  test('library: every file as its manifest says, 1,187,838 positions, 29 files without any', async () => {
    const {summary, found} = await buildSet('library');
    expect(summary.files).toBe(581);
    expect(total(summary.outcomes)).toBe(581);
    expect(summary.points).toBe(1_187_838);
    expect(summary.outcomes).toMatchObject({'no-position': 29, 'not-activity': 0, failed: 0});
    for (const [{expect: counted, path}, record] of found) {
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
  ] as const)('%s: each file ends with an outcome and, if not imported, a reason', async (set) => {
    const {summary, found} = await buildSet(set);
    expect(total(summary.outcomes)).toBe(found.length);
    for (const [{path}, record] of found) {
      expect(record, path).toBeDefined();
      if (record.outcome !== 'imported') expect(record.reason, path).not.toBe('');
    }
    expect(verify(archivePath(path.join(folder, set))).faults).toEqual([]);
  });
});
