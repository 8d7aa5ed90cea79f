import {unprojectX, unprojectY} from '../../core/mercator.ts';
import type {Bounds} from '../map/view.ts';
import {againBit} from './tile-segments.ts';
import type {TileSource} from './tile-source.ts';

/** A box in world coordinates, unit square; it goes east from x0 to x1, which lies beyond 1 where it crosses the antimeridian. */
type Box = {x0: number; y0: number; x1: number; y1: number};

/** What is looked for, by dense indices of rows. */
type Wanted = {
  isWanted(row: number): boolean;
  /** Whether a row stands for activities that crowded tiles do not tell apart. */
  isGroup(row: number): boolean;
};

/** What tiles of a zoom tell. */
type Told = {
  box: Box;
  /** Whether a line of a wanted row is among them, and whether there are lines of groups. */
  isTold: boolean;
  isCrowded: boolean;
};

/** Crowded tiles are looked at one zoom after the other as far as this one, at which the whole world has 16. */
const crowdedZoom = 2;

/** Cells of coarse tiles a side: their lines go from centre to centre of these. */
const cells = 512;

/** The box of no line. */
const nothing: Box = {x0: 2, y0: 1, x1: -1, y1: 0};

/** Parts of the world's width by which the emptiest stretch of it is looked for. */
const columns = 1024;

/**
 * Where the lines of some rows lie, west, south, east, north in degrees, east being less than west across the antimeridian; undefined where
 * the archive has none. Looks at a coarse tile and then, within what it shows, at a few finer ones, until the box is known to a
 * pixel of a view that it fills. In tiles with lines of groups, of which any may be wanted, it stays what coarser tiles tell, to begin with
 * where these lines are.
 */
export async function rowBounds(source: TileSource, wanted: Wanted): Promise<Bounds | undefined> {
  let z = source.minZoom;
  let told = await boxWithin(source, z, {x0: 0, y0: 0, x1: 1, y1: 1}, wanted);
  if (!told) return undefined;
  let {box, isTold} = told;
  for (;;) {
    // Lines of coarse tiles may lie a cell off, and lack a corner.
    const air = 1 / cells / 2 ** z;
    const side = Math.max(box.x1 - box.x0, box.y1 - box.y0, 2 ** -source.maxZoom);
    const least = told.isCrowded && z < crowdedZoom ? z + 1 : 0;
    const finer = Math.min(source.maxZoom, Math.max(least, Math.floor(-Math.log2(side + 2 * air))));
    if (finer <= z) break;
    z = finer;
    const {x0, y0, x1, y1}: Box = box;
    const wider = {x0: x0 - air, y0: Math.max(0, y0 - air), x1: x1 + air, y1: Math.min(1, y1 + air)};
    told = await boxWithin(source, z, wider, wanted, box);
    if (!told) break;
    box = told.box;
    isTold ||= told.isTold;
  }
  if (!isTold) return undefined;
  const {x0, y0, x1, y1} = box;
  return [unprojectX(x0 < 0 ? x0 + 1 : x0), unprojectY(y1), unprojectX(x1 > 1 ? x1 - 1 : x1), unprojectY(y0)];
}

/**
 * The box of all wanted lines within another, by the tiles of a zoom; in tiles that do not tell all of them, what was `known` before, or else
 * the box of the groups' lines. Undefined where there are none.
 */
async function boxWithin(
  source: TileSource,
  z: number,
  {x0, y0, x1, y1}: Box,
  {isWanted, isGroup}: Wanted,
  known?: Box,
): Promise<Told | undefined> {
  const tiles = 2 ** z;
  const isWhole = x1 - x0 >= 1;
  const isTaken = new Uint8Array(columns);
  const found: Box = {...nothing};
  let isTold = false;
  let isCrowded = false;
  const grow = (part: Box) => {
    found.x0 = Math.min(found.x0, part.x0);
    found.x1 = Math.max(found.x1, part.x1);
    found.y0 = Math.min(found.y0, part.y0);
    found.y1 = Math.max(found.y1, part.y1);
    if (isWhole) isTaken.fill(1, Math.floor(part.x0 * columns), Math.floor(part.x1 * columns) + 1);
  };
  const [first, end] = isWhole ? [0, tiles] : [Math.floor(x0 * tiles), Math.ceil(x1 * tiles)];
  for (let column = first; column < end; column++) {
    for (let y = Math.floor(y0 * tiles); y < Math.ceil(y1 * tiles); y++) {
      const tile = await source.readTile(z, ((column % tiles) + tiles) % tiles, y);
      if (!tile) continue;
      const {count, extent, ends, rows} = tile;
      const [west, north] = [column / tiles, y / tiles];
      const unit = 1 / tiles / extent;
      let hasGroups = false;
      for (let i = 0; i < count; i++) {
        const row = rows[2 * i] % againBit;
        const ofGroup = isGroup(row);
        hasGroups ||= ofGroup;
        if (isWanted(row) || (ofGroup && !known)) {
          const x0 = west + Math.min(ends[4 * i], ends[4 * i + 2]) * unit;
          const x1 = west + Math.max(ends[4 * i], ends[4 * i + 2]) * unit;
          const y0 = north + Math.min(ends[4 * i + 1], ends[4 * i + 3]) * unit;
          const y1 = north + Math.max(ends[4 * i + 1], ends[4 * i + 3]) * unit;
          grow({x0, y0, x1, y1});
          isTold ||= !ofGroup;
        }
      }
      isCrowded ||= hasGroups;
      if (hasGroups && known) grow(common(known, {x0: west, y0: north, x1: west + 1 / tiles, y1: north + 1 / tiles}));
    }
  }
  if (found.x1 < found.x0) return undefined;
  return {box: isWhole ? {...found, ...aroundGap(found, isTaken)} : found, isTold, isCrowded};
}

/** The part that two boxes share; one that no box grows by where they share none. */
function common(a: Box, b: Box): Box {
  const [x0, y0] = [Math.max(a.x0, b.x0), Math.max(a.y0, b.y0)];
  const [x1, y1] = [Math.min(a.x1, b.x1), Math.min(a.y1, b.y1)];
  return x0 <= x1 && y0 <= y1 ? {x0, y0, x1, y1} : nothing;
}

/** West and east of all that is taken, around the widest gap; the one at the antimeridian leaves the box as it is. */
function aroundGap({x0, x1}: Box, isTaken: Uint8Array): Pick<Box, 'x0' | 'x1'> {
  let widest = x0 + 1 - x1;
  let gap: Pick<Box, 'x0' | 'x1'> = {x0, x1};
  let last = isTaken.indexOf(1);
  for (let i = last + 1; i < columns; i++) {
    if (!isTaken[i]) continue;
    const width = (i - last - 1) / columns;
    if (width > widest) {
      widest = width;
      gap = {x0: i / columns, x1: 1 + (last + 1) / columns};
    }
    last = i;
  }
  return gap;
}
