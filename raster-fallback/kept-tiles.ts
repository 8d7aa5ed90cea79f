import {ByteLru} from './byte-lru.ts';
import {type DecodedTile, decodedBytes, decodeTile, type StoredTile} from './decode-tile.ts';

/** Decodes stored tiles and keeps those that were used last, up to a number of bytes; each caller has its own. */
export function keptTiles(bytes: number): (stored: StoredTile) => DecodedTile {
  const tiles = new ByteLru<DecodedTile>(bytes);
  return (stored) => {
    const known = tiles.get(stored.hash);
    if (known) return known;
    const tile = decodeTile(stored);
    tiles.set(stored.hash, tile, decodedBytes(tile));
    return tile;
  };
}
