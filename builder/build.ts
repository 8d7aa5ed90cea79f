import {existsSync, readdirSync, rmSync, statSync} from 'node:fs';
import path from 'node:path';
import {defaultMaxZoom} from '../core/schema.ts';
import {lockBuild} from './build-lock.ts';
import type {Outcome} from './import-file.ts';
import {importDefaults, importFiles} from './import-files.ts';
import {unreadRecord} from './library/file-record.ts';
import {type FileRecord, Library} from './library.ts';
import {defaultBudget} from './reduce-tile.ts';
import {type SourceFile, scan} from './scan.ts';
import {sources} from './sources.ts';
import {defaultWorkers, Pool} from './workers/pool.ts';
import {type ArchiveOptions, optionsKey, writeArchive} from './write-archive.ts';

/** What a build does unless asked otherwise. */
export const buildDefaults = {
  /** Folder of library.db and heat.pmtiles. */
  data: 'trackheat-data',
  maxZoom: defaultMaxZoom,
  /** Largest packed tile, bytes. */
  budget: defaultBudget,
  /** Memory to stay within, bytes, whatever the size of the library. */
  memory: 1e9,
  workers: defaultWorkers,
  ...importDefaults,
  /** Whether activities are forgotten whose files are gone. */
  prune: false,
};

export type BuildOptions = typeof buildDefaults & {
  /** Called for each file, in path order, when all are stored. */
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
  /** Files that were gone, and activities that were forgotten with them. */
  pruned: {files: number; activities: number};
  points: number;
  seconds: number;
  cpuSeconds: number;
  peakMemoryBytes: number;
  archive: ArchiveSummary | undefined;
};

/**
 * The archive after a build: how many activities of the library it shows, how many tiles were encoded anew, and which ones the budget
 * took something from.
 */
export type ArchiveSummary = {
  path: string;
  activities: number;
  bytes: number;
  tiles: number;
  largestTileBytes: number;
  encodedTiles: number;
  reduced: {tile: string; rung: string}[];
};

/** Path of the archive in a data folder. */
export function archivePath(data: string): string {
  return path.join(data, 'heat.pmtiles');
}

/** Imports what is new or changed under the paths and brings the archive up to date. */
export async function build(paths: string[], options: Partial<BuildOptions> = {}): Promise<BuildSummary> {
  const {data, maxZoom, budget, memory, workers, routes, prune, onFile, onProgress} = {...buildDefaults, ...options};
  // Lines that wait for encoding are the one thing that grows with the library; the rest is about as much again.
  const archiveOptions = {maxZoom, budget, spillBytes: memory / 4};
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  const scanned = scan(paths);
  const unlock = lockBuild(data);
  const pool = new Pool(workers);
  let library: Library | undefined;
  try {
    removeLeftovers(data);
    library = new Library(data);
    const summary = await importScanned(scanned, library, pool, {routes, prune, onFile, onProgress});
    summary.archive = await updateArchive(library, pool, data, archiveOptions, (phase, done, total) =>
      onProgress?.({phase, done, total, points: summary.points}),
    );
    // What only changes the library, and then builds, keeps to the archive that there is.
    library.setFact('maxZoom', String(maxZoom));
    const cpu = process.cpuUsage(cpuBefore);
    summary.seconds = (performance.now() - began) / 1000;
    summary.cpuSeconds = (cpu.user + cpu.system) / 1e6;
    summary.peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
    return summary;
  } finally {
    await pool.close();
    library?.close();
    unlock();
  }
}

/**
 * Imports what is new or changed of scanned files, and sums up how all of them ended. What is known of thousands of files is let go
 * before the archive needs the memory.
 */
async function importScanned(
  scanned: SourceFile[],
  library: Library,
  pool: Pool,
  {routes, prune, onFile, onProgress}: Pick<BuildOptions, 'routes' | 'prune' | 'onFile' | 'onProgress'>,
): Promise<BuildSummary> {
  const known = library.knownFiles();
  const files = await sources(scanned, library, known);
  const summary = emptySummary();
  const ended: {path: string; how: 'stored' | 'unchanged' | {unread: string}}[] = [];
  let points = 0;
  await importFiles(library, pool, files, known, {routes}, (path, ownPoints, how) => {
    ended.push({path, how});
    points += ownPoints;
    onProgress?.({phase: 'import', done: ended.length, total: files.length, points});
  });
  if (prune) summary.pruned = library.prune(isThere(files));
  // Only now is it known which recordings stand for their outings: a later file may have had the better one.
  const records = library.files(ended.map(({path}) => path));
  for (const {path, how} of ended) {
    const record = typeof how === 'object' ? unreadRecord(path, how.unread) : records.get(path);
    // Moved while the build ran: it is told of under its new path.
    if (!record) continue;
    addRecord(summary, record, how === 'unchanged');
    onFile?.(record, how === 'unchanged');
  }
  return summary;
}

/** Removes what a build that was killed left half written. */
function removeLeftovers(data: string): void {
  for (const name of readdirSync(data)) {
    if (/^heat\.pmtiles\.(tiles|new)$|^spill-/.test(name))
      rmSync(path.join(data, name), {recursive: true, force: true});
  }
}

/** Whether a file is still there: one that was looked for and found, or one that was not, or could not be, looked for. */
function isThere(files: SourceFile[]): (path: string, archive: string | undefined) => boolean {
  const found = new Set(files.map(({path}) => path));
  const opened = new Set(files.map(({archive}) => archive));
  return (path, archive) => found.has(path) || (isFile(archive ?? path) && !(archive && opened.has(archive)));
}

function isFile(path: string): boolean {
  try {
    return statSync(path, {throwIfNoEntry: false})?.isFile() ?? false;
  } catch {
    // It lies in a folder that may not be looked at now.
    return true;
  }
}

/** Brings the archive up to date unless it is already that of this library's revision. */
async function updateArchive(
  library: Library,
  pool: Pool,
  data: string,
  options: ArchiveOptions,
  progress: (phase: 'cut' | 'encode', done: number, total: number) => void,
): Promise<ArchiveSummary | undefined> {
  const file = archivePath(data);
  const wanted = `${optionsKey(options)}, revision ${library.revision()}`;
  const stored = library.fact('archive');
  if (stored && existsSync(file)) {
    const {state, summary} = JSON.parse(stored) as {state: string; summary: ArchiveSummary};
    if (state === wanted && statSync(file).size === summary.bytes) {
      return {...summary, path: file, activities: library.shownCount(), encodedTiles: 0};
    }
  }
  if (!existsSync(file) && library.activeCount() === 0) return undefined;
  const {bytes, tiles, largestTileBytes, encoded, reduced} = await writeArchive(
    library,
    pool,
    data,
    file,
    options,
    progress,
  );
  const activities = library.shownCount();
  const summary = {path: file, activities, bytes, tiles, largestTileBytes, encodedTiles: encoded, reduced};
  library.setFact('archive', JSON.stringify({state: wanted, summary}));
  return summary;
}

function emptySummary(): BuildSummary {
  return {
    files: 0,
    outcomes: {imported: 0, duplicate: 0, forgotten: 0, 'no-position': 0, 'not-activity': 0, unchanged: 0, failed: 0},
    activities: {imported: 0, duplicate: 0, 'no-position': 0, 'not-activity': 0},
    pruned: {files: 0, activities: 0},
    points: 0,
    seconds: 0,
    cpuSeconds: 0,
    peakMemoryBytes: 0,
    archive: undefined,
  };
}

function addRecord(summary: BuildSummary, record: FileRecord, unchanged: boolean): void {
  summary.files++;
  summary.outcomes[unchanged ? 'unchanged' : record.outcome]++;
  summary.activities.imported += record.imported;
  summary.activities.duplicate += record.duplicates;
  summary.activities['no-position'] += record.noPosition;
  summary.activities['not-activity'] += record.notActivity;
  summary.points += record.points;
}
