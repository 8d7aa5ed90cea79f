import {type ActivityTable, rowIndex} from '../../core/activity-table.ts';
import {groupOfRow} from '../../core/group-row.ts';
import {tileOfId} from '../../core/tile-id.ts';
import type {Fault} from '../verify.ts';
import {isInGroup} from './check-table.ts';
import type {Expected} from './expected.ts';

/** Largest n of each row of a tile. */
export type TileRows = Map<number, number>;

/**
 * Compares the rows of a tile with the activities that must be in it: each is there itself, with n = 1, or a group row of the tile
 * stands for it; and no line of a group row stands for more activities than the tile has of its sport and year.
 */
export function checkMembers(tile: number, rows: TileRows, {table, members}: Expected, fault: Fault): void {
  const numbers = members.get(tile) ?? [];
  const groups = [...rows.keys()].filter(groupOfRow);
  const place = tileName(tile);
  for (const number of numbers) {
    if (rows.has(number)) continue;
    if (groups.length === 0) fault(`tile ${place}: row ${number} is missing`);
  }
  const known = new Set(numbers);
  for (const [id, n] of rows) {
    if (!groupOfRow(id)) {
      if (!known.has(id)) fault(`tile ${place}: row ${id} has nothing to do here`);
      if (n !== 1) fault(`tile ${place}: row ${id} is one activity and has n = ${n}`);
    }
  }
  if (groups.length === 0) return;
  const dense = denseOf(table);
  for (const id of groups) {
    const most = numbers.filter((number) => isInGroup(table, dense.get(number) ?? -1, id)).length;
    const n = rows.get(id) as number;
    if (n > most) fault(`tile ${place}: row ${id} has n = ${n}, of its sport and year ${most} activities are here`);
  }
  for (const number of numbers) {
    if (!groups.some((id) => isInGroup(table, dense.get(number) ?? -1, id))) {
      fault(`tile ${place}: no group row stands for row ${number}`);
    }
  }
}

/** Checks that every activity of the library is in a tile of every zoom. */
export function checkZooms({table, members}: Expected, maxZoom: number, found: Set<number>, fault: Fault): void {
  const zooms = new Map<number, number>();
  for (const [tile, numbers] of members) {
    const [zoom, x, y] = tileOfId(tile);
    if (!found.has(tile)) fault(`tile ${zoom}/${x}/${y} is missing, with row ${numbers[0]}`);
    for (const number of numbers) zooms.set(number, (zooms.get(number) ?? 0) | (1 << zoom));
  }
  for (const id of table.id) {
    if (groupOfRow(id)) continue;
    for (let zoom = 0; zoom <= maxZoom; zoom++) {
      if (((zooms.get(id) ?? 0) & (1 << zoom)) === 0) fault(`zoom ${zoom}: row ${id} is in no tile`);
    }
  }
}

/** `zoom/x/y` of a tile id. */
export function tileName(tile: number): string {
  return tileOfId(tile).join('/');
}

const indices = new WeakMap<ActivityTable, Map<number, number>>();

function denseOf(table: ActivityTable): Map<number, number> {
  const index = indices.get(table) ?? rowIndex(table);
  indices.set(table, index);
  return index;
}
