import {type ActivityTable, encodeActivityTable} from '../../core/activity-table.ts';
import {unprojectX, unprojectY} from '../../core/mercator.ts';
import {sports} from '../../core/sports.ts';
import {writeSmallArchive} from '../support/small-archive.ts';
import {type StraightLine, straightTiles} from '../support/straight-tiles.ts';
import {seededRandom} from '../support/tracks.ts';

/** Deepest zoom of the fixture's archive. */
export const maxZoom = 15;

/** Places of the fixture, in world coordinates (unit square). */
export type Place = {x: number; y: number};

/** A corner of tiles of zoom 9 and all above: streets around it lie on both sides of tile borders. */
export const corner: Place = {x: 270 / 512, y: 180 / 512};

/** The middle of a tile of zoom 12 that holds one lone oblique line, and its ends in CSS pixels of zoom 12 from there. */
export const lone: Place = {x: 2100.5 / 4096, y: 1500.5 / 4096};
const loneLine = {x0: -190, y0: -116.5, x1: 190, y1: 116.5};

/** Three lone upright lines, 60 CSS pixels of zoom 12 apart: a ride of 2023, a run of 2024 and the laps of the ride. */
export const trio: Place = {x: 2110.5 / 4096, y: 1510.5 / 4096};
export const trioLines = [-60, 0, 60];

/** A grid of long straight lines, the same at zooms 10 to 12. */
export const grid: Place = {x: 2200 / 4096, y: 1600 / 4096};

/** Where a line crosses the antimeridian, and how far its ends are from there; whole tile units at zoom 0. */
export const antimeridian: Place = {x: 1, y: 460 / 1024};
export const antimeridianEnd: Place = {x: 32 / 1024, y: -12 / 1024};

/** Zooms whose tiles have streets of their own around the corner. */
const streetZooms = [3, 8, 9, 12, 13, 15];

/** Longitude and latitude of a place, moved by CSS pixels of a zoom. */
export function positionOf({x, y}: Place, zoom = 0, dx = 0, dy = 0): {lng: number; lat: number} {
  const world = 512 * 2 ** zoom;
  return {lng: unprojectX(x + dx / world), lat: unprojectY(y + dy / world)};
}

/** Writes the archive of the browser tests: some thousand segments of 12 activities. */
export function writeFixture(path: string): void {
  const tiles = Array.from({length: maxZoom + 1}, (_, z) => straightTiles(linesOf(z), z, maxZoom)).flat();
  const activities = encodeActivityTable(table());
  writeSmallArchive(path, tiles, {maxZoom, rows: 12, more: {activities}});
}

/** All lines of the tiles of a zoom, in world coordinates, before they are cut. */
export function linesOf(z: number): StraightLine[] {
  const lines: StraightLine[] = [];
  if (streetZooms.includes(z)) lines.push(...streets(z));
  if (z === 12) {
    lines.push(moved(lone, 12, {id: 1, ...loneLine}));
    lines.push(moved(trio, 12, {id: 1, x0: trioLines[0], y0: -100, x1: trioLines[0], y1: 100}));
    lines.push(moved(trio, 12, {id: 2, x0: trioLines[1], y0: -100, x1: trioLines[1], y1: 100}));
    lines.push(moved(trio, 12, {id: 1, again: true, x0: trioLines[2], y0: -100, x1: trioLines[2], y1: 100}));
  }
  if (z >= 10 && z <= 12) {
    for (let i = -6; i <= 6; i++) {
      lines.push(moved(grid, 12, {id: 3, x0: -1200, y0: i * 150 + 40, x1: 1200, y1: i * 150 - 60}));
      lines.push(moved(grid, 12, {id: 4, x0: i * 150 - 30, y0: -1200, x1: i * 150 + 50, y1: 1200}));
    }
  }
  if (z <= 4 || z === 10) {
    const {x, y} = antimeridian;
    const end = antimeridianEnd;
    lines.push({id: 5, x0: x - end.x, y0: y - end.y, x1: x + end.x, y1: y + end.y});
  }
  return lines;
}

/** Streets of all lengths around the corner, some with many activities. */
function streets(z: number): StraightLine[] {
  const random = seededRandom(z);
  return Array.from({length: 500}, (_, i) => {
    const x0 = (random() - 0.5) * (i < 350 ? 1000 : 120);
    const y0 = (random() - 0.5) * (i < 350 ? 800 : 80);
    const length = 10 + random() ** 2 * 200;
    const angle = random() * 2 * Math.PI;
    const n = 1 + Math.floor(random() ** 6 * 60);
    const ends = {x0, y0, x1: x0 + length * Math.cos(angle), y1: y0 + length * Math.sin(angle)};
    return moved(corner, z, {id: 6 + (i % 7), n, ...ends});
  });
}

/** A line given in CSS pixels of a zoom from a place. */
function moved({x, y}: Place, zoom: number, line: StraightLine): StraightLine {
  const world = 512 * 2 ** zoom;
  const {x0, y0, x1, y1} = line;
  return {...line, x0: x + x0 / world, y0: y + y0 / world, x1: x + x1 / world, y1: y + y1 / world};
}

/** Names of the fixture's activities: an archive may come from anybody. */
export const names = [
  'Über den Pass',
  'Morning run',
  '<img src=x onerror="globalThis.wasHacked=1">',
  '<script>globalThis.wasHacked=1</script>',
  '\u202egnp.tset',
  'To work',
  'To work',
  '',
  'Club ride',
  'Evening <b>ride</b>',
  'שלום ride',
  'Last ride',
];

/** Activity 2 is a run of March 2024, all others are rides of 2023, one in each month but December. */
function table(): ActivityTable {
  const count = names.length;
  const [ride, run] = [sports.indexOf('ride'), sports.indexOf('run')];
  const days = Int32Array.from(names, (_, i) => (i === 1 ? 19_800 : 19_360 + 30 * i));
  return {
    count,
    id: Float64Array.from(names, (_, i) => i + 1),
    sport: Uint8Array.from(names, (_, i) => (i === 1 ? run : ride)),
    from: days,
    to: days,
    activities: new Float64Array(count).fill(1),
    details: {
      startMinute: Float64Array.from(names, (_, i) => 390 + 60 * i),
      distance: Float64Array.from(names, (_, i) => 10_000 + 1000 * i),
      moving: new Float64Array(count).fill(3600),
      ascent: new Float64Array(count).fill(Number.NaN),
      commute: Uint8Array.from(names, (name) => (name === 'To work' ? 1 : 0)),
      gear: names.map((_, i) => ['Gravel bike', '<b>Shoes</b>', ''][i % 3]),
      name: names,
    },
  };
}
