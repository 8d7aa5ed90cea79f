import {type ImportedFile, type ImportInput, importFile} from './import-file.ts';

/** Imports some files, one after the other. */
export async function importBatch(inputs: ImportInput[]): Promise<ImportedFile[]> {
  const files: ImportedFile[] = [];
  for (const input of inputs) files.push(await importFile(input));
  return files;
}
