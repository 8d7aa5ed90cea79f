import {tileId} from '../../core/tile-id.ts';
import {simplifyLine} from './simplify-line.ts';

/**
 * The lines of one activity at one zoom, each in exactly one tile: vertices in tile units, pieces in the order of the
 * track. Filled by the cutters, emptied into a {@link TileRun}.
 */
export class Pieces {
  private x = new Float64Array(1 << 14);
  private y = new Float64Array(1 << 14);
  private vertices = 0;
  private start = new Int32Array(1 << 10);
  private tileX = new Int32Array(1 << 10);
  private tileY = new Int32Array(1 << 10);
  private again = new Uint8Array(1 << 10);
  private order = new Int32Array(1 << 10);
  count = 0;

  clear(): void {
    this.count = 0;
    this.vertices = 0;
  }

  /** Starts a line in a tile; vertices follow by {@link add}. */
  begin(tileX: number, tileY: number, again: boolean): void {
    if (this.count + 2 > this.start.length) this.growPieces();
    this.start[this.count] = this.vertices;
    this.tileX[this.count] = tileX;
    this.tileY[this.count] = tileY;
    this.again[this.count] = again ? 1 : 0;
  }

  /** Adds a vertex in tile units to the line at hand; a vertex equal to the one before adds nothing. */
  add(x: number, y: number): void {
    const at = this.vertices;
    if (at > this.start[this.count] && this.x[at - 1] === x && this.y[at - 1] === y) return;
    if (at === this.x.length) this.growVertices();
    this.x[at] = x;
    this.y[at] = y;
    this.vertices = at + 1;
  }

  /** Ends the line at hand, simplified to `tolerance` tile units; a line of less than two vertices is dropped. */
  end(tolerance: number): void {
    const start = this.start[this.count];
    if (this.vertices - start < 2) {
      this.vertices = start;
      return;
    }
    this.vertices = simplifyLine(this.x, this.y, start, this.vertices, tolerance);
    this.count++;
  }

  /** Writes the lines as features, one per tile and kind of pass, to a run. */
  writeTo(run: TileRun, zoom: number, row: number): void {
    const {count, tileX, tileY, again, order} = this;
    this.start[count] = this.vertices;
    for (let i = 0; i < count; i++) order[i] = i;
    order.subarray(0, count).sort((a, b) => tileY[a] - tileY[b] || tileX[a] - tileX[b] || again[a] - again[b] || a - b);
    for (let i = 0; i < count; ) {
      const first = order[i];
      let end = i + 1;
      while (
        end < count &&
        tileX[order[end]] === tileX[first] &&
        tileY[order[end]] === tileY[first] &&
        again[order[end]] === again[first]
      ) {
        end++;
      }
      run.beginFeature(tileId(zoom, tileX[first], tileY[first]), row, again[first]);
      for (; i < end; i++) run.addLine(this.x, this.y, this.start[order[i]], this.start[order[i] + 1]);
      run.endFeature();
    }
  }

  private growPieces(): void {
    this.start = grown(this.start);
    this.tileX = grown(this.tileX);
    this.tileY = grown(this.tileY);
    this.order = grown(this.order);
    const again = new Uint8Array(this.again.length * 2);
    again.set(this.again);
    this.again = again;
  }

  private growVertices(): void {
    const x = new Float64Array(this.x.length * 2);
    x.set(this.x);
    this.x = x;
    const y = new Float64Array(this.y.length * 2);
    y.set(this.y);
    this.y = y;
  }
}

/**
 * Features of many activities and tiles, sorted by tile id, as flat columns: what a cutting worker hands over. The
 * features' packed geometry lies one after the other, in memory or in a file; feature i's ends at `end[i]`.
 */
export type FeatureRun = {
  count: number;
  tile: Uint32Array;
  row: Uint32Array;
  again: Uint8Array;
  end: Uint32Array;
  bytes: Uint8Array | {file: string};
};

/** Collects features in the order in which they are cut, and gives them sorted by tile id. */
export class TileRun {
  private tile = new Uint32Array(1 << 12);
  private row = new Uint32Array(1 << 12);
  private again = new Uint8Array(1 << 12);
  private ends = new Uint32Array(1 << 12);
  private bytes = new Uint8Array(1 << 20);
  private at = 0;
  private count = 0;
  private x = 0;
  private y = 0;

  /** Bytes of geometry collected so far. */
  get size(): number {
    return this.at;
  }

  beginFeature(tile: number, row: number, again: number): void {
    if (this.count === this.tile.length) this.growFeatures();
    this.tile[this.count] = tile;
    this.row[this.count] = row;
    this.again[this.count] = again;
    this.x = 0;
    this.y = 0;
  }

  /** Appends one line (vertices start..end of x and y, tile units) as MVT commands: specification 4.3. */
  addLine(x: Float64Array, y: Float64Array, start: number, end: number): void {
    const needed = this.at + 16 + (end - start) * 6;
    if (needed > this.bytes.length) {
      const bytes = new Uint8Array(Math.max(needed, this.bytes.length * 2));
      bytes.set(this.bytes.subarray(0, this.at));
      this.bytes = bytes;
    }
    const {bytes} = this;
    let at = this.at;
    let lastX = this.x;
    let lastY = this.y;
    bytes[at++] = 9; // MoveTo, once
    for (let i = start; i < end; i++) {
      if (i === start + 1) at = writeVarint(bytes, at, ((end - start - 1) << 3) | 2); // LineTo, so many times
      // Whole numbers from here on: doubles would be put on the heap, one by one.
      const nextX = x[i] | 0;
      const nextY = y[i] | 0;
      const dx = nextX - lastX;
      const dy = nextY - lastY;
      lastX = nextX;
      lastY = nextY;
      at = writeVarint(bytes, at, (dx << 1) ^ (dx >> 31));
      at = writeVarint(bytes, at, (dy << 1) ^ (dy >> 31));
    }
    this.at = at;
    this.x = lastX;
    this.y = lastY;
  }

  endFeature(): void {
    this.ends[this.count++] = this.at;
  }

  /**
   * The features sorted by tile id, features of one tile in the order in which they came; `allocate` makes the memory
   * (shared or not) that they lie in.
   */
  sorted(allocate: (bytes: number) => ArrayBufferLike): FeatureRun & {bytes: Uint8Array} {
    const {count, tile} = this;
    const order = byTile(tile, count);
    const sorted = {
      count,
      tile: new Uint32Array(allocate(count * 4)),
      row: new Uint32Array(allocate(count * 4)),
      again: new Uint8Array(allocate(count)),
      end: new Uint32Array(allocate(count * 4)),
      bytes: new Uint8Array(allocate(this.at)),
    };
    let at = 0;
    for (let k = 0; k < count; k++) {
      const i = order[k];
      const start = i === 0 ? 0 : this.ends[i - 1];
      const end = this.ends[i];
      sorted.tile[k] = tile[i];
      sorted.row[k] = this.row[i];
      sorted.again[k] = this.again[i];
      sorted.bytes.set(this.bytes.subarray(start, end), at);
      at += end - start;
      sorted.end[k] = at;
    }
    return sorted;
  }

  private growFeatures(): void {
    const size = this.tile.length * 2;
    const wider = (old: Uint32Array) => {
      const values = new Uint32Array(size);
      values.set(old);
      return values;
    };
    this.tile = wider(this.tile);
    this.row = wider(this.row);
    this.ends = wider(this.ends);
    const again = new Uint8Array(size);
    again.set(this.again);
    this.again = again;
  }
}

function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  while (value > 127) {
    bytes[at++] = (value & 127) | 128;
    value >>>= 7;
  }
  bytes[at++] = value;
  return at;
}

function grown(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(values.length * 2);
  copy.set(values);
  return copy;
}

/** Places whose number fits into one double beside a tile id of 31 bits. */
const mostKeys = 1 << 22;

/** The places of the first `count` tile ids in the order of these, equal ones in that of their places. */
function byTile(tile: Uint32Array, count: number): Uint32Array {
  const order = new Uint32Array(count);
  if (count > mostKeys) {
    // A hundred flights around the world, say.
    return order.map((_, i) => i).sort((a, b) => tile[a] - tile[b] || a - b);
  }
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) keys[i] = tile[i] * mostKeys + i;
  keys.sort();
  for (let k = 0; k < count; k++) order[k] = keys[k] % mostKeys;
  return order;
}
