import {faultOf} from './fault-of.ts';
import type {TilePlace} from './visible-tiles.ts';

/** A tile's picture; none where the tile is empty. `variant` says in which style it was drawn. */
export type StoredTile = {picture: ImageBitmap | undefined; variant: string; used: number};

/** Browsers open six connections to one host; more requests would only wait out of our order. */
const maxLoads = 6;

/**
 * Pictures of tiles: loads those that are wanted, in their order, gives up those that no longer are, and keeps a stock of old ones. A
 * tile's picture in another style stays until the new ones are there. `close` frees everything.
 */
export class TileStore {
  readonly #tiles = new Map<string, StoredTile>();
  readonly #loads = new Map<string, AbortController>();
  /** Why a tile could not be had, by address and variant. */
  readonly #faults = new Map<string, string>();
  readonly #url: (place: TilePlace, variant: string) => string;
  readonly #onChange: () => void;
  #wanted: TilePlace[] = [];
  #variant = '';
  #clock = 0;

  /** `onChange` is called after each tile that came or failed. */
  constructor(url: (place: TilePlace, variant: string) => string, onChange: () => void) {
    this.#url = url;
    this.#onChange = onChange;
  }

  /** The picture of a tile in whatever style it is there. */
  get(z: number, x: number, y: number): StoredTile | undefined {
    const tile = this.#tiles.get(`${z}/${x}/${y}`);
    if (tile) tile.used = ++this.#clock;
    return tile;
  }

  /** Asks for tiles in a variant, most urgent first; forgets what was asked before. */
  want(places: TilePlace[], variant: string): void {
    this.#wanted = places;
    this.#variant = variant;
    const keys = new Set(places.map((place) => `${address(place)} ${variant}`));
    for (const [key, load] of this.#loads) if (!keys.has(key)) load.abort();
    this.#loadNext();
  }

  /** Whether a wanted tile is still on its way. */
  get busy(): boolean {
    return this.#loads.size > 0;
  }

  /** Why wanted tiles are missing, one sentence for the first of them. */
  get fault(): string | undefined {
    for (const place of this.#wanted) {
      const fault = this.#faults.get(`${address(place)} ${this.#variant}`);
      if (fault) return fault;
    }
    return undefined;
  }

  /** Tries again what failed. */
  retry(): void {
    this.#faults.clear();
    this.#loadNext();
  }

  close(): void {
    for (const load of this.#loads.values()) load.abort();
    for (const {picture} of this.#tiles.values()) picture?.close();
    this.#tiles.clear();
  }

  #loadNext(): void {
    for (const place of this.#wanted) {
      if (this.#loads.size >= maxLoads) return;
      const key = `${address(place)} ${this.#variant}`;
      const isHere = this.#tiles.get(address(place))?.variant === this.#variant;
      if (!isHere && !this.#loads.has(key) && !this.#faults.has(key)) void this.#load(place, this.#variant, key);
    }
  }

  async #load(place: TilePlace, variant: string, key: string): Promise<void> {
    const load = new AbortController();
    this.#loads.set(key, load);
    const result = await loadPicture(this.#url(place, variant), load.signal);
    this.#loads.delete(key);
    if (typeof result === 'string') {
      if (!load.signal.aborted) this.#faults.set(key, result);
    } else {
      this.#tiles.get(address(place))?.picture?.close();
      this.#tiles.set(address(place), {...result, variant, used: ++this.#clock});
      this.#dropOldest();
    }
    this.#loadNext();
    if (!this.busy && !this.fault) this.#drop((tile) => tile.variant !== this.#variant);
    this.#onChange();
  }

  #dropOldest(): void {
    const spare = this.#tiles.size - (64 + 3 * this.#wanted.length);
    if (spare <= 0) return;
    const oldest = new Set([...this.#tiles.values()].sort((a, b) => a.used - b.used).slice(0, spare));
    this.#drop((tile) => oldest.has(tile));
  }

  #drop(isIdle: (tile: StoredTile) => boolean): void {
    for (const [key, tile] of this.#tiles) {
      if (!isIdle(tile)) continue;
      tile.picture?.close();
      this.#tiles.delete(key);
    }
  }
}

function address({z, x, y}: TilePlace): string {
  return `${z}/${x}/${y}`;
}

/** A decoded picture, or a sentence of why there is none. */
async function loadPicture(url: string, signal: AbortSignal): Promise<{picture: ImageBitmap | undefined} | string> {
  try {
    const response = await fetch(url, {signal});
    if (response.status === 204) return {picture: undefined};
    if (!response.ok) return await faultOf(response);
    return {picture: await createImageBitmap(await response.blob())};
  } catch {
    return 'The server does not answer.';
  }
}
