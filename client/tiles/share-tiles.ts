import type {ZoomShare} from '../../core/tile-zooms.ts';
import type {TileIndex} from './tiles-in-view.ts';

/** What is asked of a tile that deck.gl keeps, and told of it. */
export type SharedTile = {
  readonly index: TileIndex;
  readonly isLoaded: boolean;
  /** Whether the view asks for it. */
  readonly isSelected: boolean;
  /** Whether it is drawn … */
  isVisible: boolean;
  /** … and how much its heat counts then. */
  share?: number;
};

/** A tile of the coarser zoom of a view, and the asked tiles of the finer one in it. */
type Area = {index: TileIndex; coarse?: SharedTile; fine: SharedTile[]};

/**
 * Decides which of the tiles that are there are drawn, and their shares: each place gets its heat once, whatever has arrived. Where
 * both zooms of a view are complete they are mixed; one stands for both until then. For a place that has neither stands a coarser
 * tile that is still there, unless what others in it have come to show would go for that; else what there is of finer ones.
 */
export function shareTiles(tiles: readonly SharedTile[], zooms: readonly ZoomShare[]): void {
  const loaded = new Map<string, SharedTile>();
  const drawn = new Set<SharedTile>();
  for (const tile of tiles) {
    if (tile.share) drawn.add(tile);
    hide(tile);
    if (tile.isLoaded) loaded.set(keyOf(tile.index), tile);
  }
  const bare: TileIndex[] = [];
  for (const {index, coarse, fine} of areasOf(tiles, zooms[0].z)) {
    const isCoarse = coarse?.isLoaded === true;
    const isFine = fine.length > 0 && fine.every(({isLoaded}) => isLoaded);
    if (isCoarse) show(coarse, isFine ? zooms[0].share : 1);
    if (isFine) for (const tile of fine) show(tile, isCoarse ? zooms[1].share : 1);
    if (!isCoarse && !isFine) bare.push(index);
  }
  const isInstead = (above: SharedTile) =>
    drawn.has(above) || !tiles.some(({index, isVisible}) => isVisible && isWithin(index, above.index));
  const above = bare.map((index) => nearestAbove(index, loaded));
  const instead = [...new Set(above)].filter((tile) => tile !== undefined).filter(isInstead);
  bare.forEach((index, i) => {
    if (instead.some((tile) => isWithin(index, tile.index))) return;
    for (const tile of loaded.values()) {
      // What is above a tile in the place either lies in it, too, or above all of it.
      if (isWithin(tile.index, index) && nearestAbove(tile.index, loaded) === above[i]) show(tile, 1);
    }
  });
  for (const tile of instead) {
    if (instead.some((other) => isWithin(tile.index, other.index))) continue;
    for (const other of tiles) if (isWithin(other.index, tile.index)) hide(other);
    show(tile, 1);
  }
}

function areasOf(tiles: readonly SharedTile[], zoom: number): Iterable<Area> {
  const areas = new Map<string, Area>();
  for (const tile of tiles) {
    if (!tile.isSelected) continue;
    const {x, y, z} = tile.index;
    const index = z > zoom ? {x: x >> 1, y: y >> 1, z: z - 1} : tile.index;
    const area: Area = areas.get(keyOf(index)) ?? {index, fine: []};
    areas.set(keyOf(index), area);
    if (z > zoom) area.fine.push(tile);
    else area.coarse = tile;
  }
  return areas.values();
}

/** The finest tile above a place that is there. */
function nearestAbove({x, y, z}: TileIndex, loaded: Map<string, SharedTile>): SharedTile | undefined {
  for (let up = 1; up <= z; up++) {
    const tile = loaded.get(keyOf({x: x >> up, y: y >> up, z: z - up}));
    if (tile) return tile;
  }
  return undefined;
}

/** Whether a tile is a part of another, and not that one. */
function isWithin({x, y, z}: TileIndex, outer: TileIndex): boolean {
  const up = z - outer.z;
  return up > 0 && x >> up === outer.x && y >> up === outer.y;
}

function show(tile: SharedTile, share: number): void {
  tile.isVisible = true;
  tile.share = share;
}

function hide(tile: SharedTile): void {
  tile.isVisible = false;
  tile.share = 0;
}

function keyOf({x, y, z}: TileIndex): string {
  return `${z}/${x}/${y}`;
}
