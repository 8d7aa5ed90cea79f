import type {Bounds} from '../map/view.ts';
import {cleanLine, type Line, lengthOf} from './clean-line.ts';
import {markPasses, type Passes} from './mark-passes.ts';
import {readFile} from './read-file.ts';
import {simplifyLine} from './simplify-line.ts';

/** What a file that was dropped shows. */
export type Dropped = {
  activities: Passes[];
  bounds: Bounds;
  /** Ground metres along all of its lines. */
  meters: number;
};

/** Reads a file to lines that can be drawn; a sentence that says why there are none. */
export async function readDropped(file: Blob): Promise<Dropped | string> {
  const found = await readFile(file);
  if (typeof found === 'string') return found;
  const activities = found.map((lines) => lines.flatMap((line) => cleanLine(line))).filter(({length}) => length > 0);
  if (activities.length === 0) return 'found no two positions that go together, expected a track.';
  const lines = activities.flat();
  return {
    activities: activities.map((lines) => simplified(markPasses(lines))),
    bounds: boundsOf(lines),
    meters: lines.reduce((sum, line) => sum + lengthOf(line), 0),
  };
}

function simplified({first, again}: Passes): Passes {
  return {first: first.map(simplifyLine), again: again.map(simplifyLine)};
}

function boundsOf(lines: Line[]): Bounds {
  const bounds: Bounds = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -Infinity, -Infinity];
  for (const line of lines) {
    for (const [lng, lat] of line) {
      bounds[0] = Math.min(bounds[0], lng);
      bounds[1] = Math.min(bounds[1], lat);
      bounds[2] = Math.max(bounds[2], lng);
      bounds[3] = Math.max(bounds[3], lat);
    }
  }
  return bounds;
}
