import {closeSync, fstatSync, openSync} from 'node:fs';
import {type ImportInput, plannedRoute} from './import-file.ts';
import type {KnownFile, Library} from './library.ts';
import {type Ended, isUnchanged, type SourceFile} from './scan.ts';
import {unread} from './unread.ts';
import type {Pool} from './workers/pool.ts';
import {fileSource, memorySource} from './zip/byte-source.ts';
import {type Place, unpackPlace} from './zip/place.ts';

/** What is imported. */
export const importDefaults = {
  /** Whether planned routes and courses are taken as activities too. */
  routes: false,
};

/** Files that go to a worker at once: many, as a worker waits for the next, but of all files no more than its share. */
const batch = {files: 8, bytes: 8 << 20, perWorker: 4};

/**
 * Imports files that are new or changed, on all workers, and stores them in the order of their paths, so that activities
 * get their numbers in that order. What cannot be read is not stored: the next build tries again. `known` are the records of files
 * that were stored before. Calls `done` for each file with its path, the number of its points, and whether it was unchanged, or why
 * it could not be read.
 */
export async function importFiles(
  library: Library,
  pool: Pool,
  files: SourceFile[],
  known: Map<string, KnownFile>,
  {routes}: typeof importDefaults,
  done: (path: string, points: number, ended: 'stored' | 'unchanged' | {unread: string}) => void,
): Promise<void> {
  const fresh: SourceFile[] = [];
  for (const file of files) {
    const record = known.get(file.path);
    if (isUnchanged(file, record) && !isOtherwiseRead(record, routes)) done(file.path, record.points, 'unchanged');
    else fresh.push(file);
  }
  // One more than there are files: when these are read, tiles are to be encoded.
  if (fresh.length > 0) pool.start(fresh.length + 1);
  const within = innerArchives();
  const inputOf = (file: SourceFile): ImportInput => {
    const {path, archive, place, facts, ended} = file;
    if (ended) return {path, ended};
    const unpacked = within(file);
    if (unpacked && 'reason' in unpacked) return {path, ended: unpacked};
    return {path, archive, place, facts, routes, within: unpacked};
  };
  const most = Math.min(batch.files, Math.ceil(fresh.length / (pool.size * batch.perWorker)));
  for await (const [files, imported] of pool.map('importBatch', batches(fresh, most), (files) => files.map(inputOf))) {
    for (const [i, file] of files.entries()) {
      const {points, unread: isUnread, reason = ''} = imported[i];
      if (!isUnread) library.store(file, imported[i]);
      done(file.path, points, isUnread ? {unread: reason} : 'stored');
    }
  }
}

/** Files that follow each other, up to `most` together; members of different inner archives, which are held unpacked, are apart. */
function* batches(files: SourceFile[], most: number): Generator<SourceFile[]> {
  let together: SourceFile[] = [];
  let bytes = 0;
  let within = '';
  for (const file of files) {
    const wanted = innerArchive(file);
    const isFull = together.length >= most || bytes + file.size > batch.bytes || wanted !== within;
    if (isFull && together.length > 0) {
      yield together;
      together = [];
      bytes = 0;
    }
    together.push(file);
    bytes += file.size;
    within = wanted;
  }
  if (together.length > 0) yield together;
}

/** Names the inner archive that holds a file; empty for all others. */
function innerArchive({archive, place}: SourceFile): string {
  return archive && place?.within ? `${archive}!${JSON.stringify(place.within)}` : '';
}

/** Whether a file was imported when routes were left out and now are wanted, or the other way round. */
function isOtherwiseRead({reason}: KnownFile, routes: boolean): boolean {
  return reason.includes(routes ? plannedRoute.leftOut : plannedRoute.included);
}

/**
 * Gives the bytes of the inner archive that holds a file, where it has to be unpacked, or the reason why it cannot be. The
 * last one is kept, as its members follow each other, in memory that all workers share.
 */
function innerArchives(): (file: SourceFile) => Uint8Array | Ended | undefined {
  let key = '';
  let bytes: Uint8Array | Ended | undefined;
  return (file) => {
    const {archive, place} = file;
    if (!archive || !place?.within) return undefined;
    const wanted = innerArchive(file);
    if (wanted !== key) {
      key = wanted;
      // Two are not held at once.
      bytes = undefined;
      const found = unpackInner(archive, place.within);
      bytes = 'reason' in found ? found : shared(found);
    }
    return bytes;
  };
}

function unpackInner(archive: string, place: Place): Uint8Array | Ended {
  let source = place.within ? unpackInner(archive, place.within) : undefined;
  if (source && 'reason' in source) return source;
  let fd: number | undefined;
  try {
    if (!source) fd = openSync(archive, 'r');
    const from = source ? memorySource(source) : fileSource(fd as number, 0, fstatSync(fd as number).size);
    source = undefined;
    const {bytes, reason} = unpackPlace(from, place);
    return reason === undefined ? bytes : {outcome: 'failed', reason};
  } catch (error) {
    return unread(error);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
