import {firstTileId, tileId, tileOfId} from '../../core/tile-id.ts';
import type {DirectoryEntry} from '../archive-writer.ts';
import type {Fault} from '../verify.ts';
import {tileName} from './check-members.ts';

/** Tiles of a zoom whose borders are looked at. */
const tilesPerZoom = 60;

/** Where lines of a tile end on its border, in columns. A tile that was made smaller is not `whole`: its ends may have moved. */
export type BorderEnds = {whole: boolean; x: number[]; y: number[]; row: number[]; n: number[]};

/** A border between tiles, or a corner of four: the tiles that share it, and what one of them may have on it. */
type Border = {tiles: number[]; places(tile: number): (x: number, y: number) => number | undefined};

/** The tiles by whose borders a good archive can be told: some of three zooms, those to the east and south among them. */
export function borderSample(entries: DirectoryEntry[], maxZoom: number): Set<number> {
  const zooms = new Set([maxZoom, maxZoom - 1, Math.floor((maxZoom * 2) / 3)].filter((zoom) => zoom > 0));
  const sample = new Set<number>();
  for (const zoom of zooms) {
    const tiles = entries.filter(({tileId: id}) => id >= firstTileId(zoom) && id < firstTileId(zoom + 1));
    const stride = Math.max(1, Math.ceil(tiles.length / tilesPerZoom));
    for (let i = 0; i < tiles.length; i += stride) sample.add(tiles[i].tileId);
  }
  return sample;
}

/** The sampled tiles and those with which they share a border to the east or south. */
export function withNeighbours(sample: Set<number>): Set<number> {
  return new Set([...sample].flatMap((tile) => [tile, ...neighbours(tile).filter((each) => each !== undefined)]));
}

/** The tiles to the east, south and south-east; undefined beyond the world's edge. */
function neighbours(tile: number): (number | undefined)[] {
  const [z, x, y] = tileOfId(tile);
  const last = 2 ** z - 1;
  return [
    x < last ? tileId(z, x + 1, y) : undefined,
    y < last ? tileId(z, x, y + 1) : undefined,
    x < last && y < last ? tileId(z, x + 1, y + 1) : undefined,
  ];
}

/**
 * Checks that a line that ends on a tile's border goes on in the tile beyond, as the same row with the same n: otherwise heat
 * would break off there. Below maxZoom that is so for every single end: a border is only ever reached by crossing it. At maxZoom
 * a line may touch a border and turn back, which makes two ends on one side, or begin on it by chance, which two of one row do not.
 */
export function checkBorders(
  sample: Set<number>,
  ends: Map<number, BorderEnds>,
  maxZoom: number,
  extent: (zoom: number) => number,
  fault: Fault,
): void {
  for (const tile of sample) {
    const [zoom] = tileOfId(tile);
    for (const border of bordersOf(tile, extent(zoom))) checkBorder(border, ends, zoom === maxZoom, fault);
  }
}

function bordersOf(tile: number, extent: number): Border[] {
  const [east, south, southEast] = neighbours(tile);
  const inner = (at: number) => at > 0 && at < extent;
  const borders: Border[] = [];
  if (east !== undefined) {
    borders.push({
      tiles: [tile, east],
      places: (of) => (x, y) => (x === (of === tile ? extent : 0) && inner(y) ? y : undefined),
    });
  }
  if (south !== undefined) {
    borders.push({
      tiles: [tile, south],
      places: (of) => (x, y) => (y === (of === tile ? extent : 0) && inner(x) ? x : undefined),
    });
  }
  if (east !== undefined && south !== undefined && southEast !== undefined) {
    borders.push({
      tiles: [tile, east, south, southEast],
      places: (of) => (x, y) =>
        x === (of === tile || of === south ? extent : 0) && y === (of === tile || of === east ? extent : 0)
          ? 0
          : undefined,
    });
  }
  return borders;
}

/** Ends of one row at one place of a border: in the tile in which the first was found, and in the others. */
type Meeting = {tile: number; row: number; n: number; here: number; beyond: number};

function checkBorder({tiles, places}: Border, ends: Map<number, BorderEnds>, isFine: boolean, fault: Fault): void {
  if (tiles.some((tile) => ends.get(tile)?.whole === false)) return;
  const meetings = new Map<string, Meeting>();
  for (const tile of tiles) {
    const found = ends.get(tile);
    if (!found) continue;
    const place = places(tile);
    for (let i = 0; i < found.x.length; i++) {
      const at = place(found.x[i], found.y[i]);
      if (at === undefined) continue;
      const [row, n] = [found.row[i], found.n[i]];
      const key = `${row} ${n} ${at}`;
      const meeting = meetings.get(key) ?? {tile, row, n, here: 0, beyond: 0};
      if (tile === meeting.tile) meeting.here++;
      else meeting.beyond++;
      meetings.set(key, meeting);
    }
  }
  const loose = [...meetings.values()].filter(({here, beyond}) =>
    isFine || tiles.length > 2 ? (here + beyond) % 2 !== 0 : here !== beyond,
  );
  for (const {tile, row, n} of loose) {
    if (isFine && loose.filter((other) => other.row === row).length < 2) continue;
    const others = tiles.filter((other) => other !== tile).map(tileName);
    fault(
      `tile ${tileName(tile)}: row ${row} ends with n = ${n} on the border to ${others.join(', ')}, and does not go on there`,
    );
  }
}
