import {emptyCells, put} from './cells.ts';
import {direction} from './direction.ts';
import {distance} from './distance.ts';
import type {Draft} from './draft.ts';
import {lay} from './lay.ts';
import {noise} from './noise.ts';
import {random} from './random.ts';
import {regionMeters, type Settlement} from './settlements.ts';
import {skeleton} from './skeleton.ts';
import {hilliness, riverNorthing} from './terrain.ts';
import {greens, outwardness, ring} from './town.ts';
import {cutCorners, wind} from './wind.ts';

/** Lays what is laid as whole lines: river paths, rings, main streets, the roads between town and villages, paths around greens. */
export function layRoads(draft: Draft, villages: Settlement[]): void {
  const next = random(61);
  lay(draft, riverPath(34, -regionMeters * 0.8, regionMeters * 0.8), 'path', townSpacing);
  lay(draft, riverPath(-34, -4200, 3600), 'path', townSpacing);
  lay(draft, circle(0, 0, ring.x, ring.y, 0.07), 'main', townSpacing);
  for (const green of greens)
    lay(draft, circle(green.x, green.y, green.radius * 1.25, green.radius * 0.9, 0.08), 'path', () => 95);
  lay(draft, outerRing(), 'main', townSpacing);
  lay(draft, wind(-ring.x, 40, ring.x, -30, 0.035, 3, next), 'main', townSpacing);
  lay(draft, wind(-60, ring.y, 50, -ring.y, 0.035, 3, next), 'main', townSpacing);

  const places: Settlement[] = [{x: 0, y: 0, radius: 0}, ...villages];
  for (const [from, to] of roadPairs(places)) {
    const a = places[from];
    const b = places[to];
    const hilly = hilliness((a.x + b.x) / 2, (a.y + b.y) / 2);
    const line = wind(a.x, a.y, b.x, b.y, 0.05 + 0.07 * hilly, 4, next);
    lay(draft, from === 0 ? fromRing(line) : line, 'main', townSpacing);
  }
}

/** Metres between the nodes of a way that is laid as a line. */
function townSpacing(x: number, y: number): number {
  return Math.min(240, 75 + 120 * Math.max(0, outwardness(x, y)));
}

/** One side of the river, following it at a distance of `offset` metres. */
function riverPath(offset: number, west: number, east: number): number[] {
  const line: number[] = [];
  for (let x = west; x <= east; x += 40) {
    const away = offset + 9 * noise(x / 300, offset, 62);
    line.push(x, riverNorthing(x) + away);
  }
  return line;
}

/** A closed line, round but for some `unrest`. */
function circle(x: number, y: number, radiusX: number, radiusY: number, unrest: number): number[] {
  const line: number[] = [];
  for (let bearing = 0; bearing <= 360; bearing += 15) {
    const [east, north] = direction(bearing);
    const out = 1 + unrest * noise(east * 2 + x, north * 2 + y, 63);
    line.push(x + east * radiusX * out, y + north * radiusY * out);
  }
  return cutCorners(line);
}

/** The ring road around the western half of the town, where the hills leave room. */
function outerRing(): number[] {
  const line: number[] = [];
  for (let bearing = 175; bearing <= 395; bearing += 11) {
    const [east, north] = direction(bearing);
    const out = 2350 * (1 + 0.12 * noise(east * 1.5, north * 1.5, 64));
    line.push(east * out * 1.1, north * out * 0.92);
  }
  return cutCorners(cutCorners(line));
}

/** The part of a road outside the old town. */
function fromRing(line: number[]): number[] {
  const isInside = (k: number) => distance(0, 0, line[k] / ring.x, line[k + 1] / ring.y) < 1;
  let start = 0;
  while (start + 2 < line.length && isInside(start + 2)) start += 2;
  return line.slice(start);
}

/** Which places have a road between them: natural neighbours, and the town with the nearest village in each direction. */
function roadPairs(places: Settlement[]): [from: number, to: number][] {
  const x = places.map((place) => place.x);
  const y = places.map((place) => place.y);
  const cells = emptyCells(6000);
  for (let id = 0; id < places.length; id++) put(cells, x[id], y[id], id);
  const pairs: [number, number][] = [];
  const natural = skeleton(
    x,
    y,
    cells,
    () => 14000,
    () => 1.3,
  );
  for (let k = 0; k < natural.length; k += 2) pairs.push([natural[k], natural[k + 1]]);
  for (let sector = 0; sector < 9; sector++) {
    const [east, north] = direction(sector * 40 + 12);
    let nearest = 0;
    let best = 11000;
    for (let id = 1; id < places.length; id++) {
      const far = distance(0, 0, x[id], y[id]);
      const ahead = (x[id] * east + y[id] * north) / far;
      if (ahead > 0.94 && far < best) {
        nearest = id;
        best = far;
      }
    }
    if (nearest > 0 && !pairs.some(([from, to]) => from === 0 && to === nearest)) pairs.push([0, nearest]);
  }
  return pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}
