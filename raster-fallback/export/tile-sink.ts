/** Where exported tiles go. What is committed is there after a kill, and the next export of the same begins after it. */
export type TileSink = {
  /** Tiles of the plan that were done when it was opened. */
  readonly done: number;
  /** Adds a tile that shows something; ids rise. */
  add(tileId: number, picture: Uint8Array): void;
  /** Makes sure of all that was added: the plan is done up to this many tiles. */
  commit(done: number): void;
  /** Puts the whole in its place; gives its size in bytes. */
  finish(): number;
  /** Leaves what is committed for the next time; called after `finish`, too, whether that went well or not. */
  close(): void;
};

/** The name of all exported tiles. */
export const setName = 'Trackheat';

/** What files of tiles say about themselves. */
export type TileSetFacts = {
  name: string;
  description: string;
  attribution: string;
  /** Kind of pictures. */
  image: 'png' | 'webp';
  /** Side of a tile in pixels. */
  pixels: number;
  minZoom: number;
  maxZoom: number;
  /** Degrees. */
  bounds: [west: number, south: number, east: number, north: number];
  center: [lng: number, lat: number, zoom: number];
};
