import {type ActivityTable, encodeActivityTable, unknownDay} from '../core/activity-table.ts';
import {yearOfDay} from '../core/days.ts';
import {allSports, groupRow} from '../core/group-row.ts';
import {unprojectX, unprojectY} from '../core/mercator.ts';
import type {TrackheatMetadata} from '../core/metadata.ts';
import {layerName, schemaVersion} from '../core/schema.ts';
import {sportIndex, sports} from '../core/sports.ts';
import {firstTileId, tileOfId} from '../core/tile-id.ts';
import type {Row} from './archive-rows.ts';
import type {TileState} from './archive-state.ts';
import {localDay} from './describe.ts';
import type {Grouping} from './group-features.ts';
import type {Library} from './library.ts';
import {groupingOf} from './reduce-tile.ts';

/** The centre of an archive is the tile with the most segments at this zoom, shown at `centerZoom`. */
const densestZoom = 13;
const centerZoom = 11;

/** A box in degrees. */
export type Bounds = [west: number, south: number, east: number, north: number];

/** Bounds with an area, as PMTiles wants them, also where all points are one place or there are none. */
export function paddedBounds(bounds: Bounds | undefined): Bounds {
  if (!bounds) return [-180, -85, 180, 85];
  const [west, south, east, north] = bounds;
  const pad = 1e-4;
  return [Math.max(-180, west - pad), Math.max(-90, south - pad), Math.min(180, east + pad), Math.min(90, north + pad)];
}

/** Longitude, latitude and zoom of the centre: the densest tile, with its surroundings. */
export function center(
  tiles: TileState[],
  [west, south, east, north]: Bounds,
  maxZoom: number,
): [number, number, number] {
  const zoom = Math.min(densestZoom, maxZoom);
  let densest: TileState | undefined;
  for (const each of tiles) {
    if (each.tile < firstTileId(zoom) || each.tile >= firstTileId(zoom + 1)) continue;
    if (!densest || each.segments > densest.segments) densest = each;
  }
  if (!densest) return [(west + east) / 2, (south + north) / 2, 0];
  const [z, x, y] = tileOfId(densest.tile);
  return [unprojectX((x + 0.5) / 2 ** z), unprojectY((y + 0.5) / 2 ** z), Math.min(centerZoom, maxZoom)];
}

/** The JSON metadata of an archive: what every client reads, and the part `trackheat`. */
export function metadata(
  library: Library,
  rows: Row[],
  tiles: TileState[],
  maxZoom: number,
  bounds: Bounds,
  table: number[][],
): object {
  const lines = tiles.reduce((sum, {features}) => sum + features, 0);
  const newest = library.newestImport();
  const trackheat: TrackheatMetadata = {
    schema: schemaVersion,
    detail: 'activity',
    sports: [...sports],
    activities: encodeActivityTable(activityTable(rows, tiles, maxZoom)),
    quantiles: table,
    bounds,
    counts: {activities: rows.length, lines, points: rows.reduce((sum, row) => sum + row.points, 0)},
    imported: newest === undefined ? '' : new Date(newest).toISOString(),
  };
  return {
    name: 'Trackheat',
    description: 'Density lines of GPS activities',
    type: 'overlay',
    format: 'pbf',
    vector_layers: [
      {
        id: layerName,
        description: 'Where activities went: each line stands for n activities',
        minzoom: 0,
        maxzoom: maxZoom,
        fields: {n: 'Number', sport: 'String', from: 'Number', to: 'Number', again: 'Number'},
      },
    ],
    trackheat,
  };
}

/** The table of an archive: its rows by number, and then the group rows that its tiles may hold. */
export function activityTable(rows: Row[], tiles: TileState[], maxZoom: number): ActivityTable {
  const kinds = new Set<Grouping>();
  for (const {tile, rung} of tiles) {
    const kind = groupingOf(rung, tileOfId(tile)[0], maxZoom);
    if (kind) kinds.add(kind);
  }
  const groups = groupRows(rows, kinds);
  const all = [...rows.map(tableRow), ...groups];
  return {
    count: all.length,
    id: Float64Array.from(all, ({id}) => id),
    sport: Uint8Array.from(all, ({sport}) => sport),
    from: Int32Array.from(all, ({from}) => from),
    to: Int32Array.from(all, ({to}) => to),
    activities: Float64Array.from(all, ({activities}) => activities),
    details: {
      startMinute: column(rows, groups, localMinute),
      distance: column(rows, groups, ({distance}) => distance),
      moving: column(rows, groups, ({moving}) => moving),
      ascent: column(rows, groups, ({ascent}) => ascent),
      commute: Uint8Array.from([...rows.map(({commute}) => (commute ? 1 : 0)), ...groups.map(() => 0)]),
      gear: [...rows.map(({gear}) => gear), ...groups.map(() => '')],
      name: [...rows.map(({name}) => name), ...groups.map(() => '')],
    },
  };
}

function column(rows: Row[], groups: GroupRow[], value: (row: Row) => number): Float64Array {
  return Float64Array.from([...rows.map(value), ...groups.map(() => Number.NaN)]);
}

type GroupRow = {id: number; sport: number; from: number; to: number; activities: number};

function tableRow(row: Row): GroupRow {
  const day = localDay(row) ?? unknownDay;
  return {id: row.number, sport: sportIndex(row.sport), from: day, to: day, activities: 1};
}

/** The group rows that tiles of these kinds may hold, by id. */
function groupRows(rows: Row[], kinds: Set<Grouping>): GroupRow[] {
  const groups = new Map<number, GroupRow>();
  for (const row of rows.map(tableRow)) {
    const year = row.from === unknownDay ? 0 : yearOfDay(row.from);
    const ids = {
      year: groupRow(row.sport, year),
      sport: groupRow(row.sport, 0),
      all: groupRow(allSports, 0),
    };
    // An activity without a date is of the year 0, which is that of all: it counts once all the same.
    for (const id of new Set([...kinds].map((kind) => ids[kind]))) {
      const group = groups.get(id) ?? {...row, id, sport: id === ids.all ? 0 : row.sport, activities: 0};
      group.activities++;
      if (row.from === unknownDay || group.from === unknownDay) group.from = group.to = unknownDay;
      else {
        group.from = Math.min(group.from, row.from);
        group.to = Math.max(group.to, row.to);
      }
      groups.set(id, group);
    }
  }
  return [...groups.values()].sort((a, b) => a.id - b.id);
}

/** Minute of the local day at the start. */
function localMinute({start, offsetMinutes}: Row): number {
  const minutes = Math.floor(start / 60_000) + offsetMinutes;
  return ((minutes % 1440) + 1440) % 1440;
}
