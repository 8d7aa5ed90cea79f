import {closeSync, fstatSync, openSync} from 'node:fs';
import {type ImportInput, plannedRoute} from './import-file.ts';
import type {FileRecord, Library} from './library.ts';
import {isUnchanged, type SourceFile} from './scan.ts';
import type {Pool} from './workers/pool.ts';
import {fileSource, memorySource} from './zip/byte-source.ts';
import {type Place, unpackPlace} from './zip/place.ts';

/** What is imported. */
export const importDefaults = {
  /** Whether planned routes and courses are taken as activities too. */
  routes: false,
};

/**
 * Imports files that are new or changed, on all workers, and stores them in the order of their paths, so that activities
 * get their numbers in that order. `known` are the records of files that were stored before. Calls `done` for each file with its
 * record and whether it was unchanged.
 */
export async function importFiles(
  library: Library,
  pool: Pool,
  files: SourceFile[],
  known: Map<string, FileRecord>,
  {routes}: typeof importDefaults,
  done: (record: FileRecord, unchanged: boolean) => void,
): Promise<void> {
  const fresh: SourceFile[] = [];
  for (const file of files) {
    const record = known.get(file.path);
    if (isUnchanged(file, record) && !isOtherwiseRead(record, routes)) done(record, true);
    else fresh.push(file);
  }
  const within = innerArchives();
  const inputOf = (file: SourceFile): ImportInput => {
    const {path, archive, place, facts, ended} = file;
    if (ended) return {path, ended};
    const unpacked = within(file);
    if (typeof unpacked === 'string') return {path, ended: {outcome: 'failed', reason: unpacked}};
    return {path, archive, place, facts, routes, within: unpacked};
  };
  for await (const [file, imported] of pool.map('importFile', fresh, inputOf)) {
    done(library.store(file, imported), false);
  }
}

/** Whether a file was imported when routes were left out and now are wanted, or the other way round. */
function isOtherwiseRead({reason}: FileRecord, routes: boolean): boolean {
  return reason.includes(routes ? plannedRoute.leftOut : plannedRoute.included);
}

/**
 * Gives the bytes of the inner archive that holds a file, where it has to be unpacked, or the reason why it cannot be. The
 * last one is kept, as its members follow each other, in memory that all workers share.
 */
function innerArchives(): (file: SourceFile) => Uint8Array | string | undefined {
  let key = '';
  let bytes: Uint8Array | string = '';
  return ({archive, place}) => {
    if (!archive || !place?.within) return undefined;
    const wanted = `${archive}!${JSON.stringify(place.within)}`;
    if (wanted !== key) {
      key = wanted;
      bytes = '';
      const found = unpackInner(archive, place.within);
      bytes = typeof found === 'string' ? found : shared(found);
    }
    return bytes;
  };
}

function unpackInner(archive: string, place: Place): Uint8Array | string {
  let source = place.within ? unpackInner(archive, place.within) : undefined;
  if (typeof source === 'string') return source;
  let fd: number | undefined;
  try {
    if (!source) fd = openSync(archive, 'r');
    const from = source ? memorySource(source) : fileSource(fd as number, 0, fstatSync(fd as number).size);
    source = undefined;
    const {bytes, reason} = unpackPlace(from, place);
    return reason ?? bytes;
  } catch (error) {
    return (error as Error).message;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
