import {existsSync, statSync} from 'node:fs';
import path from 'node:path';
import {defaultMaxZoom, schemaVersion} from '../core/schema.ts';
import type {WrittenArchive} from './archive-writer.ts';
import type {Outcome} from './import-file.ts';
import {importFiles} from './import-files.ts';
import {type FileRecord, Library} from './library.ts';
import {scan} from './scan.ts';
import {defaultWorkers, Pool} from './workers/pool.ts';
import {writeArchive} from './write-archive.ts';

/** What a build does unless asked otherwise. */
export const buildDefaults = {
  /** Folder of library.db and heat.pmtiles. */
  data: 'trackheat-data',
  maxZoom: defaultMaxZoom,
  workers: defaultWorkers,
};

export type BuildOptions = typeof buildDefaults & {
  /** Called for each file as it is stored, in path order. */
  onFile?(record: FileRecord, unchanged: boolean): void;
  onProgress?(progress: Progress): void;
};

/** How far a build is: files while importing, activities while cutting, stretches of tiles while encoding. */
export type Progress = {phase: 'import' | 'cut' | 'encode'; done: number; total: number; points: number};

/** What a build did: the object that `--json` prints. */
export type BuildSummary = {
  files: number;
  outcomes: Record<Outcome, number>;
  activities: {imported: number; duplicate: number; 'no-position': number; 'not-activity': number};
  points: number;
  seconds: number;
  cpuSeconds: number;
  peakMemoryBytes: number;
  archive: {path: string; bytes: number; tiles: number; largestTileBytes: number} | undefined;
};

/** Path of the archive in a data folder. */
export function archivePath(data: string): string {
  return path.join(data, 'heat.pmtiles');
}

/** Imports what is new or changed under the paths and brings the archive up to date. */
export async function build(paths: string[], options: Partial<BuildOptions> = {}): Promise<BuildSummary> {
  const {data, maxZoom, workers, onFile, onProgress} = {...buildDefaults, ...options};
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  const files = await scan(paths);
  const library = new Library(data);
  const pool = new Pool(workers);
  try {
    const summary = emptySummary(files.length);
    let done = 0;
    await importFiles(library, pool, files, (record, unchanged) => {
      addRecord(summary, record, unchanged);
      onFile?.(record, unchanged);
      onProgress?.({phase: 'import', done: ++done, total: files.length, points: summary.points});
    });
    summary.archive = await updateArchive(library, pool, archivePath(data), maxZoom, (phase, done, total) =>
      onProgress?.({phase, done, total, points: summary.points}),
    );
    const cpu = process.cpuUsage(cpuBefore);
    summary.seconds = (performance.now() - began) / 1000;
    summary.cpuSeconds = (cpu.user + cpu.system) / 1e6;
    summary.peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
    return summary;
  } finally {
    await pool.close();
    library.close();
  }
}

/** Writes the archive unless it is already that of this library's revision. */
async function updateArchive(
  library: Library,
  pool: Pool,
  file: string,
  maxZoom: number,
  progress: (phase: 'cut' | 'encode', done: number, total: number) => void,
): Promise<BuildSummary['archive']> {
  const wanted = `schema ${schemaVersion}, zoom ${maxZoom}, revision ${library.revision()}`;
  const stored = library.fact('archive');
  if (stored && existsSync(file)) {
    const {state, size, written} = JSON.parse(stored) as {state: string; size: number; written: WrittenArchive};
    if (state === wanted && statSync(file).size === size) return {path: file, ...archiveSummary(written)};
  }
  if (library.activeCount() === 0 && !existsSync(file)) return undefined;
  const written = await writeArchive(library, pool, file, {maxZoom}, progress);
  library.setFact('archive', JSON.stringify({state: wanted, size: written.bytes, written}));
  return {path: file, ...archiveSummary(written)};
}

function archiveSummary({bytes, tiles, largestTileBytes}: WrittenArchive) {
  return {bytes, tiles, largestTileBytes};
}

function emptySummary(files: number): BuildSummary {
  return {
    files,
    outcomes: {imported: 0, duplicate: 0, 'no-position': 0, 'not-activity': 0, unchanged: 0, failed: 0},
    activities: {imported: 0, duplicate: 0, 'no-position': 0, 'not-activity': 0},
    points: 0,
    seconds: 0,
    cpuSeconds: 0,
    peakMemoryBytes: 0,
    archive: undefined,
  };
}

function addRecord(summary: BuildSummary, record: FileRecord, unchanged: boolean): void {
  summary.outcomes[unchanged ? 'unchanged' : record.outcome]++;
  summary.activities.imported += record.imported;
  summary.activities.duplicate += record.duplicates;
  summary.activities['no-position'] += record.noPosition;
  summary.activities['not-activity'] += record.notActivity;
  summary.points += record.points;
}
