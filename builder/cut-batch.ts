import {type FeatureRun, TileRun} from './cut/pieces.ts';
import {type Cut, createCut} from './cut.ts';
import {decodeTracks} from './track-blob.ts';

/** Some activities to cut: `rows` are their dense indices in the archive's table. */
export type CutBatch = {maxZoom: number; rows: number[]; tracks: Uint8Array[]};

const cuts = new Map<number, Cut>();

/**
 * Cuts activities for all zooms and gives their features sorted by tile id, in memory that all threads share. The row of a
 * feature is its activity's dense index.
 */
export function cutBatch({maxZoom, rows, tracks}: CutBatch): FeatureRun {
  let cut = cuts.get(maxZoom);
  if (!cut) {
    cut = createCut(maxZoom);
    cuts.set(maxZoom, cut);
  }
  const run = new TileRun();
  for (let i = 0; i < rows.length; i++) cut(decodeTracks(tracks[i]), rows[i], run);
  return run.sorted((bytes) => new SharedArrayBuffer(bytes));
}
