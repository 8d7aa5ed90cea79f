import path from 'node:path';
import Database from 'libsql';

/** What the library remembers of one tile of the archive that it last wrote. */
export type TileState = {
  tile: number;
  features: number;
  segments: number;
  /** Counts of heat at the tile's zoom, and, for the sampled tiles of maxZoom, at it and the zooms beyond: see quantiles.ts. */
  histogram: Uint8Array;
  beyond: Uint8Array | undefined;
  /** The rung of the budget (reduce-tile.ts) that the tile stands on; 0 where it is whole. */
  rung: number;
};

/** A row as the archive has it: `key` changes with everything that its tiles show of it. */
export type RowState = {number: number; key: string; tiles: Uint8Array};

const schema = `
CREATE TABLE IF NOT EXISTS archive (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS archiveRows (number INTEGER PRIMARY KEY, key TEXT NOT NULL, tiles BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS archiveTiles (
  tile INTEGER PRIMARY KEY, features INTEGER NOT NULL, segments INTEGER NOT NULL,
  histogram BLOB NOT NULL, beyond BLOB, rung INTEGER NOT NULL, whole BLOB
);
`;

/**
 * The tables of library.db that tell what the archive holds, so that an update can leave alone what has not changed. All
 * changes are one transaction, committed after the archive is in place: where they do not belong together (a kill came
 * between), the archive's fingerprint tells.
 */
export class ArchiveState {
  private readonly db: Database.Database;

  constructor(folder: string) {
    this.db = new Database(path.join(folder, 'library.db'));
    this.db.exec('PRAGMA busy_timeout = 5000; PRAGMA synchronous = NORMAL');
    this.db.exec(schema);
  }

  close(): void {
    this.db.close();
  }

  /** A remembered word about the archive. */
  word(key: string): string | undefined {
    const row = this.db.prepare('SELECT value FROM archive WHERE key = ?').get(key) as {value: string} | undefined;
    return row?.value;
  }

  setWord(key: string, value: string): void {
    this.db.prepare('INSERT OR REPLACE INTO archive VALUES (?, ?)').run(key, value);
  }

  /** Key of each row in the archive. */
  rowKeys(): Map<number, string> {
    const rows = this.db.prepare('SELECT number, key FROM archiveRows').all() as {number: number; key: string}[];
    return new Map(rows.map(({number, key}) => [number, key]));
  }

  /** All rows by number. */
  rows(): RowState[] {
    const rows = this.db.prepare('SELECT number, key, tiles FROM archiveRows ORDER BY number').raw().all() as [
      number,
      string,
      ArrayBuffer,
    ][];
    return rows.map(([number, key, tiles]) => ({number, key, tiles: new Uint8Array(tiles)}));
  }

  /** Tile ids of a row, as they were stored. */
  tilesOf(number: number): Uint8Array {
    const row = this.db.prepare('SELECT tiles FROM archiveRows WHERE number = ?').get(number) as {tiles: ArrayBuffer};
    return new Uint8Array(row.tiles);
  }

  /** All tiles in tile-id order. */
  tiles(): TileState[] {
    const rows = this.db
      .prepare('SELECT tile, features, segments, histogram, beyond, rung FROM archiveTiles ORDER BY tile')
      .raw()
      .all() as [number, number, number, ArrayBuffer, ArrayBuffer | null, number][];
    return rows.map(([tile, features, segments, histogram, beyond, rung]) => ({
      tile,
      features,
      segments,
      histogram: new Uint8Array(histogram),
      beyond: beyond === null ? undefined : new Uint8Array(beyond),
      rung,
    }));
  }

  /** Tiles by whose heat the zooms beyond maxZoom were measured. */
  sampledTiles(): number[] {
    return this.db.prepare('SELECT tile FROM archiveTiles WHERE beyond IS NOT NULL').pluck().all() as number[];
  }

  /** The rungs of the tiles that the budget took something from. */
  rungs(): Map<number, number> {
    return new Map(
      this.db.prepare('SELECT tile, rung FROM archiveTiles WHERE rung > 0').raw().all() as [number, number][],
    );
  }

  /** The packed bytes of a tile before the budget took anything from it; undefined where it is whole in the archive. */
  wholeTile(tile: number): Uint8Array | undefined {
    const row = this.db.prepare('SELECT whole FROM archiveTiles WHERE tile = ?').get(tile) as
      | {whole: ArrayBuffer | null}
      | undefined;
    return row?.whole ? new Uint8Array(row.whole) : undefined;
  }

  /** Begins the one transaction of an update. */
  begin(): void {
    this.db.exec('BEGIN IMMEDIATE');
  }

  commit(): void {
    this.db.exec('COMMIT');
  }

  rollback(): void {
    // After some faults, as of a full disk, SQLite has taken all back by itself.
    if (this.db.inTransaction) this.db.exec('ROLLBACK');
  }

  /** Forgets everything: the archive is written from nothing. */
  clear(): void {
    this.db.exec('DELETE FROM archive; DELETE FROM archiveRows; DELETE FROM archiveTiles');
  }

  removeRow(number: number): void {
    this.db.prepare('DELETE FROM archiveRows WHERE number = ?').run(number);
  }

  /** Adds or replaces rows; statements are prepared once for all of them. */
  putRows(rows: Iterable<RowState>): void {
    const put = this.db.prepare('INSERT OR REPLACE INTO archiveRows VALUES (?, ?, ?)');
    for (const {number, key, tiles} of rows) put.run(number, key, Buffer.from(tiles));
  }

  /** Adds or replaces tiles, with their whole bytes where the budget took something. */
  putTiles(tiles: Iterable<TileState & {whole: Uint8Array | undefined}>): void {
    const put = this.db.prepare('INSERT OR REPLACE INTO archiveTiles VALUES (?, ?, ?, ?, ?, ?, ?)');
    for (const {tile, features, segments, histogram, beyond, rung, whole} of tiles) {
      put.run(tile, features, segments, Buffer.from(histogram), orNull(beyond), rung, orNull(whole));
    }
  }

  removeTile(tile: number): void {
    this.db.prepare('DELETE FROM archiveTiles WHERE tile = ?').run(tile);
  }

  setBeyond(tile: number, beyond: Uint8Array): void {
    this.db.prepare('UPDATE archiveTiles SET beyond = ? WHERE tile = ?').run(Buffer.from(beyond), tile);
  }
}

function orNull(bytes: Uint8Array | undefined): Buffer | null {
  return bytes === undefined ? null : Buffer.from(bytes);
}
