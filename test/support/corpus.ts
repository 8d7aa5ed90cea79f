import {existsSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {constants, gunzipSync} from 'node:zlib';

const folder = new URL('../../../shared/corpus/', import.meta.url);

/** A file of the corpus as manifest.json describes it, with the counts of an independent reader in `expect`. */
export type CorpusEntry = {
  path: string;
  set: 'formats' | 'broken' | 'library';
  /** What the content is, whatever the name says. */
  format: string | null;
  container: 'gz' | 'zip' | null;
  tags?: string[];
  expect: {
    points?: number;
    points_valid?: number;
    time_first?: string;
    time_last?: string;
    /** Of KML: coordinates in `<coordinates>` and `<gx:coord>`, those of points and areas too. */
    kml_coords?: number;
    /** Of a zip archive: its activity files. */
    members?: (CorpusEntry['expect'] & {name: string})[];
    xml_error?: string;
    chain?: number;
    sessions?: [string | number | null, number | null][];
  };
  /** `agree` where two FIT decoders counted the same, else what each found. */
  decoders?: unknown;
  /** Of files in broken/: what is wrong, and what a good importer does. */
  importer?: {reason: string; wanted: string};
};

/**
 * The entries of the corpus of real files, which lies beside the repository. Without it: none, and a warning; where `CI` is `true`,
 * an error.
 */
export function corpus(): CorpusEntry[] {
  const manifest = new URL('manifest.json', folder);
  if (!existsSync(manifest)) {
    if (process.env.CI === 'true') throw new Error(`found no corpus, expected ${manifest.pathname}`);
    console.warn(`The corpus of real files is not at ${folder.pathname}: its tests check nothing.`);
    return [];
  }
  return (JSON.parse(readFileSync(manifest, 'utf8')) as {files: CorpusEntry[]}).files;
}

/** Where the file of an entry is. */
export function corpusPath(entry: CorpusEntry): string {
  return fileURLToPath(new URL(entry.path.split('/').map(encodeURIComponent).join('/'), folder));
}

/** The bytes of an entry, unzipped where they are gzip data; of a gzip stream that was cut off, what there is. */
export function corpusBytes(entry: CorpusEntry): Buffer {
  const bytes = readFileSync(corpusPath(entry));
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return zipped ? gunzipSync(bytes, {finishFlush: constants.Z_SYNC_FLUSH}) : bytes;
}
