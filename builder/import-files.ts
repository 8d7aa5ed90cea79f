import type {FileRecord, Library} from './library.ts';
import type {SourceFile} from './scan.ts';
import type {Pool} from './workers/pool.ts';

/**
 * Imports files that are new or changed, on all workers, and stores them in the order of their paths, so that activities
 * get their numbers in that order. Calls `done` for each file with its record and whether it was unchanged.
 */
export async function importFiles(
  library: Library,
  pool: Pool,
  files: SourceFile[],
  done: (record: FileRecord, unchanged: boolean) => void,
): Promise<void> {
  const fresh: SourceFile[] = [];
  for (const file of files) {
    const record = library.unchanged(file);
    if (record) done(record, true);
    else fresh.push(file);
  }
  for await (const [file, imported] of pool.map('importFile', fresh, ({path}) => path)) {
    done(library.store(file, imported), false);
  }
}
