import {type DecodedTile, denseRows, type LoadedTile, type StoredTile} from './decode-tile.ts';
import type {LineWeights} from './heat-raster.ts';
import type {PlacedTile} from './place-tiles.ts';
import type {StoredView} from './stored-view.ts';
import type {RasterView} from './view.ts';

/** The tiles that a view needs, decoded. */
export type LoadedView = {view: RasterView; tiles: {tile: LoadedTile; place: PlacedTile}[]};

/** Decodes the tiles of a view with `decode`; `index` gives the place of a row id in the table that the weights are of. */
export function loadView(
  {view, tiles}: StoredView,
  weights: LineWeights,
  index: ReadonlyMap<number, number>,
  decode: (stored: StoredTile) => DecodedTile,
): LoadedView {
  const loaded = tiles.map(({stored, place}) => {
    const tile = decode(stored);
    // Only filters ask which row a line belongs to.
    const rows = weights.rows ? denseRows(tile, index) : noRows;
    return {tile: {...tile, rows}, place};
  });
  return {view, tiles: loaded};
}

const noRows = new Int32Array(0);
