import {type ExportFacts, readExportTable} from './export-table.ts';
import {decodeText} from './read/text.ts';
import type {SourceFile} from './scan.ts';

/** Larger tables are none: that of 100,000 activities has 40 MB. */
const mostBytes = 128 << 20;

/**
 * The files, those that the table of an export names with its `facts`. `bytesOf` gives the content of a file, undefined
 * where it cannot be read. The table of a folder is found by what is in it, among the files that are named `.csv`.
 */
export function joinExports(files: SourceFile[], bytesOf: (file: SourceFile) => Uint8Array | undefined): SourceFile[] {
  const facts = new Map<string, ExportFacts>();
  for (const file of files) {
    if (!/\.csv$/i.test(file.path) || file.size > mostBytes || file.ended) continue;
    const bytes = bytesOf(file);
    const table = bytes && readExportTable(decodeText(bytes));
    if (!table) continue;
    const folder = /^.*[/\\!]/s.exec(file.path)?.[0] ?? '';
    for (const [name, row] of table) facts.set(key(folder + name), row);
  }
  if (facts.size === 0) return files;
  return files.map((file) => {
    // Some unpack the files of an export.
    const row = facts.get(key(file.path)) ?? facts.get(key(`${file.path}.gz`));
    return row && !file.ended ? {...file, facts: row, modified: file.modified + numberOf(row)} : file;
  });
}

function key(path: string): string {
  return path.replaceAll('\\', '/');
}

/** A number for the facts, so that a file counts as changed when they change: FNV-1a, 32 bits. */
function numberOf(facts: ExportFacts): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(JSON.stringify(facts))) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
