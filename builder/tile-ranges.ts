import type {ArchiveReader} from './archive-reader.ts';

/** A stretch of tile ids to encode, `low` up to but without `high`, and about how many bytes that means. */
export type TileRange = {low: number; high: number; cost: number};

/** What one encoding task takes, bytes. */
const rangeBytes = 2 << 20;

/** Encoding tasks of an update, about: enough to keep all workers busy. */
const updateTasks = 16;

/** Results of tasks that cost no more than this together, bytes, may wait for their turn in memory. */
const briefBytes = 64 << 20;

/** Stretches of tiles to encode from nothing, in rising order, each with about as many bytes; `sizes` are those of their lines. */
export function tileRanges(sizes: Map<number, number>): TileRange[] {
  return stretches(sizes, rangeBytes);
}

/**
 * The same for an update. A tile of the old archive is unpacked, changed and packed again, which costs more than its new lines, and
 * once more for each rung of the budget; `rungs` are those of tiles that were reduced. A crowded tile is a stretch of its own.
 */
export function updateRanges(sizes: Map<number, number>, old: ArchiveReader, rungs: Map<number, number>): TileRange[] {
  const costs = new Map(sizes);
  for (const {tileId, runLength, length} of old.entries) {
    for (let tile = tileId; tile < tileId + runLength; tile++) {
      const size = sizes.get(tile);
      if (size !== undefined) costs.set(tile, size + length * (1 + (rungs.get(tile) ?? 0)));
    }
  }
  const all = [...costs.values()].reduce((sum, cost) => sum + cost, 0);
  return stretches(costs, Math.min(rangeBytes, all / updateTasks));
}

/** Whether stretches are so little work that they can be done in any order. */
export function isBrief(ranges: TileRange[]): boolean {
  return ranges.reduce((sum, {cost}) => sum + cost, 0) <= briefBytes;
}

/** Tiles in rising order, as many together as cost `most` or a little more; one that costs more by itself stands alone. */
function stretches(costs: Map<number, number>, most: number): TileRange[] {
  const ranges: TileRange[] = [];
  let low = 0;
  let cost = 0;
  const sorted = [...costs].sort(([a], [b]) => a - b);
  for (const [i, [tile, each]] of sorted.entries()) {
    if (each >= most && cost > 0) {
      ranges.push({low, high: tile, cost});
      low = tile;
      cost = 0;
    }
    cost += each;
    if (cost < most && i < sorted.length - 1) continue;
    ranges.push({low, high: tile + 1, cost});
    low = tile + 1;
    cost = 0;
  }
  return ranges;
}
