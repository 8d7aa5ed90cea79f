import {createHash} from 'node:crypto';
import {gunzipSync} from 'node:zlib';
import {Compression, type Header, PMTiles, TileType} from 'pmtiles';
import {type ActivityTable, decodeActivityTable} from '../core/activity-table.ts';
import {DirectoryCache} from '../core/directory-cache.ts';
import type {TrackheatMetadata} from '../core/metadata.ts';
import {schemaVersion} from '../core/schema.ts';
import {tileId} from '../core/tile-id.ts';
import type {StoredTile} from './decode-tile.ts';
import {FileSource} from './file-source.ts';
import {TileCache} from './tile-cache.ts';
import {WebSource} from './web-source.ts';

/** Tiles are kept as they are stored up to this many bytes. */
const storedBytes = 32 << 20;

/** Directories and metadata that unpack to more than this, bytes, are none of ours. */
const mostUnpacked = 512 << 20;

/** Leaf directories kept; one covers thousands of tiles. */
const directoriesKept = 200;

/**
 * Opens an archive at a path or at an http(s) URL, where it is read by range requests. Rejects, naming the file, where
 * there is none, or one that is no Trackheat archive or one of a newer schema.
 */
export async function openArchive(pathOrUrl: string): Promise<HeatArchive> {
  const isUrl = /^https?:\/\//i.test(pathOrUrl);
  const source = isUrl ? new WebSource(pathOrUrl) : openFile(pathOrUrl);
  try {
    const read = new PMTiles(source, directoryCache(), gunzip);
    const header = await read.getHeader();
    const {layers, trackheat} = checkMetadata(header, await read.getMetadata());
    return new HeatArchive(pathOrUrl, source, header, layers, trackheat);
  } catch (error) {
    if (source instanceof FileSource) source.close();
    throw named(pathOrUrl, error);
  }
}

/** An open archive. What is under way when it is closed finishes; what begins later rejects. */
export class HeatArchive {
  /** Path or URL, as it was opened. */
  readonly name: string;
  readonly header: Header;
  /** `vector_layers` of the metadata. */
  readonly layers: unknown[];
  readonly metadata: TrackheatMetadata;
  readonly table: ActivityTable;
  /** Equal only for the same file; for a URL what its server says of it, random where that says nothing. */
  readonly identity: string;
  private readonly source: FileSource | WebSource;
  private readonly stored: PMTiles;
  private readonly storedTiles = new TileCache<StoredTile | undefined>(storedBytes);
  private users = 0;
  private closed = false;

  constructor(
    name: string,
    source: FileSource | WebSource,
    header: Header,
    layers: unknown[],
    metadata: TrackheatMetadata,
  ) {
    this.name = name;
    this.header = header;
    this.layers = layers;
    this.metadata = metadata;
    this.source = source;
    this.identity = source.identity;
    // Directories are unpacked by the cache, tiles by the reader: this one leaves them as they are stored.
    this.stored = new PMTiles(source, directoryCache(), async (bytes) => bytes);
    this.table = decodeActivityTable(metadata.activities, metadata.sports);
  }

  /** Another file was found at the URL: what is not kept yet cannot be read any more. */
  get replaced(): boolean {
    return this.source instanceof WebSource && this.source.replaced;
  }

  /** The gzipped bytes of a tile as they are stored; undefined where there is none. */
  async bytes(z: number, x: number, y: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const side = 2 ** z;
    if (!(z >= this.header.minZoom && z <= this.header.maxZoom && x >= 0 && x < side && y >= 0 && y < side)) {
      return undefined;
    }
    if (this.closed) throw new Error(`${this.name}: read after close`);
    this.users++;
    try {
      const found = await this.stored.getZxy(z, x, y);
      return found && new Uint8Array(found.data);
    } finally {
      this.users--;
      this.closeWhenIdle();
    }
  }

  /** A tile as it is stored, with its hash, kept for the next call; undefined where there is none. */
  storedTile(z: number, x: number, y: number): Promise<StoredTile | undefined> {
    return this.storedTiles.get(tileId(z, x, y), () => this.loadStored(z, x, y), storedSize);
  }

  /** Closes the file as soon as nobody reads it. */
  async close(): Promise<void> {
    this.closed = true;
    this.closeWhenIdle();
  }

  private async loadStored(z: number, x: number, y: number): Promise<StoredTile | undefined> {
    const bytes = await this.bytes(z, x, y);
    if (!bytes) return undefined;
    const hash = createHash('sha1').update(bytes).digest('base64url');
    return {name: `${this.name}: tile ${z}/${x}/${y}`, bytes, hash};
  }

  private closeWhenIdle(): void {
    if (this.closed && this.users === 0 && this.source instanceof FileSource) this.source.close();
  }
}

function openFile(path: string): FileSource {
  try {
    return new FileSource(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw named(path, error);
    throw new Error(`${path}: no such file`, {cause: error});
  }
}

/** What a Trackheat archive must have; throws what was found instead. */
function checkMetadata(header: Header, metadata: unknown): {layers: unknown[]; trackheat: TrackheatMetadata} {
  const {vector_layers: layers = [], trackheat} = (metadata ?? {}) as {
    vector_layers?: unknown[];
    trackheat?: TrackheatMetadata;
  };
  if (typeof trackheat?.schema !== 'number') throw new Error(`no Trackheat archive: its metadata has no 'trackheat'`);
  if (trackheat.schema > schemaVersion) {
    throw new Error(`written by a newer Trackheat: schema ${trackheat.schema}, expected at most ${schemaVersion}`);
  }
  if (header.tileType !== TileType.Mvt || header.tileCompression !== Compression.Gzip) {
    const found = `type ${header.tileType}, compression ${header.tileCompression}`;
    throw new Error(`no Trackheat archive: its tiles are of ${found}, expected gzipped vector tiles (1, 2)`);
  }
  return {layers, trackheat};
}

function directoryCache(): DirectoryCache {
  return new DirectoryCache(directoriesKept, true, gunzip);
}

async function gunzip(bytes: ArrayBuffer, compression: Compression): Promise<ArrayBuffer> {
  if (compression === Compression.None) return bytes;
  if (compression !== Compression.Gzip) throw new Error(`compression ${compression}, expected gzip (2)`);
  return Uint8Array.from(gunzipSync(bytes, {maxOutputLength: mostUnpacked})).buffer;
}

// What is not there takes room too.
const nothingBytes = 100;

function storedSize(tile: StoredTile | undefined): number {
  return tile ? tile.bytes.length + 200 : nothingBytes;
}

/** An error whose message begins with the name of what it is about. */
function named(name: string, error: unknown): Error {
  const message = reasonOf(error);
  return new Error(message.startsWith(name) ? message : `${name}: ${message}`, {cause: error});
}

/** What went wrong; fetch says why only in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === 'fetch failed' && error.cause ? reasonOf(error.cause) : error.message;
}
