import type {Track} from './activity.ts';
import {FineCutter} from './cut/cut-fine.ts';
import {GridCutter} from './cut/cut-grid.ts';
import {PassTeller} from './cut/passes.ts';
import {Pieces, type TileRun} from './cut/pieces.ts';
import {worldTrack} from './cut/world-track.ts';

/** Raised when lines come out otherwise: archives that were cut before are then written anew. */
export const cutVersion = 7;

/**
 * Cuts one activity for all zooms 0 to maxZoom and adds its features, one per tile and kind of pass, to the run.
 * `tracks` are the tracks as they leave the library (degrees); `row` is the activity's dense index in the archive's table.
 */
export type Cut = (tracks: Track[], row: number, run: TileRun) => void;

/** A cutter for archives that end at `maxZoom`; it keeps its scratch memory from activity to activity. */
export function createCut(maxZoom: number): Cut {
  const grid = new GridCutter();
  const fine = new FineCutter();
  const teller = new PassTeller();
  const pieces = new Pieces();
  return (tracks, row, run) => {
    const world = tracks.map(worldTrack);
    const passes = teller.passes(world);
    for (let zoom = 0; zoom <= maxZoom; zoom++) {
      pieces.clear();
      if (zoom === maxZoom) fine.cut(passes, zoom, pieces);
      else grid.cut(world, passes, zoom, pieces);
      pieces.writeTo(run, zoom, row);
    }
  };
}
