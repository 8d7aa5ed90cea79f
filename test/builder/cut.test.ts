import {describe, expect, test} from 'vitest';
import type {Track} from '../../builder/activity.ts';
import {clean} from '../../builder/clean.ts';
import {TileRun} from '../../builder/cut/pieces.ts';
import {simplify} from '../../builder/simplify.ts';
import {decodeTracks, encodeTracks} from '../../builder/track-blob.ts';
import {groundMeters, projectX, projectY} from '../../core/mercator.ts';
import {cutTiles, distanceTo, pixelLength, worldSegments} from '../support/cut-lines.ts';
import {along, home, morning, noisy, seededRandom, track} from '../support/tracks.ts';

const maxZoom = 15;

/** Tracks as a build cuts them: cleaned, simplified, stored and read back. */
function stored(...recorded: Track[]): Track[] {
  const {tracks} = clean(recorded);
  return decodeTracks(encodeTracks(tracks.map((track) => ({track, indices: simplify(track)}))));
}

/** Line mass of an activity at a zoom, px, first passes only. */
function mass(tracks: Track[], zoom: number): number {
  const segments = worldSegments(cutTiles([tracks], maxZoom), zoom);
  return pixelLength(
    segments.filter(({again}) => !again),
    zoom,
  );
}

/** A ring of 400 m radius as points every 4 m. */
const ring = along(
  Array.from({length: 73}, (_, i) => [400 * Math.cos((i * Math.PI) / 36), 400 * Math.sin((i * Math.PI) / 36)] as const),
  4,
);

/** A ride of some 30 km that winds like a road. */
function road(seed: number): Track {
  const random = seededRandom(seed);
  const corners: [number, number][] = [[0, 0]];
  let heading = random() * 6.28;
  for (let i = 0; i < 300; i++) {
    heading += (random() - 0.5) * 0.9;
    const [x, y] = corners[i];
    corners.push([x + Math.cos(heading) * 100, y + Math.sin(heading) * 100]);
  }
  return track(noisy(along(corners, 6), 3, random));
}

describe('cut', () => {
  test('puts every activity in a tile of every zoom, however short', () => {
    const activities = [
      [road(1)],
      [
        track([
          [0, 0],
          [0.5, 0],
        ]),
      ],
      [
        track([
          [0, 0],
          [0, 0],
        ]),
      ],
      [
        track([
          [30, 0],
          [35, 3],
        ]),
      ],
    ];
    const tiles = cutTiles(activities, maxZoom);
    for (let zoom = 0; zoom <= maxZoom; zoom++) {
      const rows = new Set(tiles.filter(({z}) => z === zoom).flatMap(({tile}) => [...tile.features.id]));
      expect([...rows].sort()).toEqual([0, 1, 2, 3]);
    }
  });

  test('draws an activity that stays in one cell as a line of one cell through its centre', () => {
    const tiles = cutTiles(
      [
        [
          track([
            [0, 0],
            [0.5, 0],
          ]),
        ],
      ],
      maxZoom,
    );
    for (let zoom = 0; zoom < maxZoom; zoom++) {
      expect(pixelLength(worldSegments(tiles, zoom), zoom)).toBeCloseTo(1, 6);
    }
  });

  test('draws each track at every zoom, also one that wanders within a few metres, and one far from the others', () => {
    const random = seededRandom(6);
    const way = track([
      [0, 0],
      [100, 0],
    ]);
    const wander = track(Array.from({length: 60}, () => [1000 + 5 * random(), 1000 + 5 * random()] as const));
    const south = track(
      [
        [0, 0],
        [30, 0],
        [0, 1],
      ],
      {at: {lng: 20, lat: 3}},
    );
    const tiles = cutTiles(
      [
        [
          track(
            [
              [0, 0],
              [20, 0],
            ],
            {at: {lng: 20, lat: 84.9}},
          ),
          way,
          wander,
          south,
        ],
      ],
      maxZoom,
    );
    for (let zoom = 0; zoom <= maxZoom; zoom++) {
      const segments = worldSegments(tiles, zoom).filter(({again}) => !again);
      for (const {lng, lat} of [way, wander, south]) {
        const away = distanceTo(segments, projectX(lng[0]), projectY(lat[0])) * 512 * 2 ** zoom;
        expect(away, `zoom ${zoom}`).toBeLessThan(zoom < 14 ? 3 : 6);
      }
    }
  });

  test('leaves no segment without length, and something of a way there and back at every zoom', () => {
    const back = track(
      along(
        [
          [0, 0],
          [40, 10],
          [0, 0],
        ],
        4,
      ),
    );
    const tiles = cutTiles([[back], stored(track(noisy(ring, 4, seededRandom(5))))], maxZoom);
    for (const {tile} of tiles) {
      for (let at = 0; at < tile.segments.length; at += 4) {
        const [x0, y0, x1, y1] = tile.segments.subarray(at, at + 4);
        expect(x0 !== x1 || y0 !== y1).toBe(true);
      }
    }
    for (let zoom = 0; zoom <= maxZoom; zoom++) expect(mass([back], zoom), `zoom ${zoom}`).toBeGreaterThan(0.9);
  });

  test('leaves no line outside its tile, and lines that go on do so at the same place of the border', () => {
    const tiles = cutTiles([stored(road(3))], maxZoom);
    for (let zoom = 8; zoom <= maxZoom; zoom++) {
      const ends = new Map<string, number>();
      for (const {z, x, y, tile} of tiles) {
        if (z !== zoom) continue;
        const {segments, extent} = tile;
        for (let at = 0; at < segments.length; at += 2) {
          const [px, py] = [segments[at], segments[at + 1]];
          expect(px >= 0 && py >= 0 && px <= extent && py <= extent).toBe(true);
          if (px % extent !== 0 && py % extent !== 0) continue;
          const key = `${x * extent + px},${y * extent + py}`;
          ends.set(key, (ends.get(key) ?? 0) + 1);
        }
      }
      for (const count of ends.values()) expect(count % 2).toBe(0);
    }
  });

  test('counts ten noisy laps below maxZoom as about one: at most 1.3 times the mass', () => {
    const one = stored(track(noisy(ring, 4, seededRandom(7))));
    const laps = Array.from({length: 10}, () => ring.slice(0, -1)).flat();
    const ten = stored(track(noisy(laps, 4, seededRandom(8))));
    for (let zoom = 8; zoom <= 13; zoom++) {
      const ratio = mass(ten, zoom) / mass(one, zoom);
      expect(ratio, `zoom ${zoom}`).toBeLessThan(1.3);
      expect(ratio, `zoom ${zoom}`).toBeGreaterThan(0.8);
    }
  });

  test('counts a noisy way out and back as about one way: at most 1.3 times the mass', () => {
    const way = along(
      [
        [0, 0],
        [900, 500],
        [2000, 600],
        [2600, 1800],
      ],
      4,
    );
    const one = stored(track(noisy(way, 4, seededRandom(9))));
    const both = stored(track(noisy([...way, ...[...way].reverse()], 4, seededRandom(10))));
    for (let zoom = 8; zoom <= 13; zoom++) {
      expect(mass(both, zoom) / mass(one, zoom), `zoom ${zoom}`).toBeLessThan(1.3);
    }
  });

  test('at maxZoom keeps every lap and marks all but the first as passed again', () => {
    const laps = Array.from({length: 5}, () => ring.slice(0, -1)).flat();
    const segments = worldSegments(cutTiles([stored(track(noisy(laps, 3, seededRandom(4))))], maxZoom), maxZoom);
    const first = pixelLength(
      segments.filter(({again}) => !again),
      maxZoom,
    );
    const all = pixelLength(segments, maxZoom);
    expect(all / first).toBeGreaterThan(4);
    expect(all / first).toBeLessThan(6);
  });

  test('does not make a ten-minute stop glow', () => {
    const random = seededRandom(12);
    const way = [
      ...along(
        [
          [0, 0],
          [500, 200],
        ],
        5,
      ),
      ...along(
        [
          [500, 200],
          [700, 900],
        ],
        5,
      ),
    ];
    const pause = noisy(
      Array.from({length: 600}, () => [500, 200] as [number, number]),
      4,
      random,
    );
    const half = Math.floor(way.length / 2);
    const paused = [...way.slice(0, half), ...pause, ...way.slice(half)];
    for (let zoom = 10; zoom <= maxZoom; zoom++) {
      expect(mass(stored(track(paused)), zoom) / mass(stored(track(way)), zoom), `zoom ${zoom}`).toBeLessThan(1.1);
    }
  });

  test('stays within 1.5 cells of the recorded track below maxZoom and within 1.5 m at it', () => {
    const ride = road(21);
    const recordedSegments = Array.from({length: ride.lng.length - 1}, (_, i) => ({
      x0: projectX(ride.lng[i]),
      y0: projectY(ride.lat[i]),
      x1: projectX(ride.lng[i + 1]),
      y1: projectY(ride.lat[i + 1]),
    }));
    const tiles = cutTiles([stored(ride)], maxZoom);
    for (const zoom of [6, 9, 11, 12, 13, 14, 15]) {
      let worst = 0;
      for (const {x0, y0, x1, y1} of worldSegments(tiles, zoom)) {
        for (const share of [0, 0.5]) {
          worst = Math.max(worst, distanceTo(recordedSegments, x0 + (x1 - x0) * share, y0 + (y1 - y0) * share));
        }
      }
      if (zoom < maxZoom) expect(worst * 512 * 2 ** zoom, `cells at zoom ${zoom}`).toBeLessThan(1.5);
      else expect(worst * groundMeters(home.lat)).toBeLessThan(1.5);
    }
  });

  test('leaves no recorded point more than 2.5 cells from a line at zoom 13, and 2 at zoom 14, laps included', () => {
    const laps = track(
      noisy(
        [
          ...ring,
          ...ring,
          ...along(
            [
              [400, 0],
              [1500, 900],
            ],
            4,
          ),
        ],
        4,
        seededRandom(30),
      ),
    );
    const tiles = cutTiles([stored(laps)], maxZoom);
    for (const [zoom, most] of [
      [13, 2.5],
      [14, 2],
    ]) {
      const segments = worldSegments(tiles, zoom);
      for (let i = 0; i < laps.lng.length; i += 3) {
        const away = distanceTo(segments, projectX(laps.lng[i]), projectY(laps.lat[i])) * 512 * 2 ** zoom;
        expect(away).toBeLessThan(most);
      }
    }
  });

  test('cuts a track at the corner of four tiles, along a border and at the edge of the world', () => {
    const corner = {lng: 0, lat: 0};
    const cross = track(
      along(
        [
          [-300, -300],
          [300, 300],
        ],
        5,
      ),
      {at: corner},
    );
    const edge = track(
      along(
        [
          [0, 0],
          [300, 0],
        ],
        5,
      ),
      {at: {lng: -10, lat: 0}},
    );
    const pole: Track = {
      lng: Float64Array.from([179.99, 180]),
      lat: Float64Array.from([89.9, 89.99]),
      time: Float64Array.from([morning, morning + 1000]),
      elevation: new Float64Array(2),
    };
    const tiles = cutTiles([[cross], [edge], [pole]], maxZoom);
    for (const {z, x, y, tile} of tiles) {
      expect(x < 2 ** z && y < 2 ** z).toBe(true);
      for (const value of tile.segments) expect(value >= 0 && value <= tile.extent).toBe(true);
    }
    for (const zoom of [14, 15]) {
      const diagonal = worldSegments(
        tiles.filter(({tile}) => tile.features.id[0] === 0),
        zoom,
      );
      expect(pixelLength(diagonal, zoom) / ((600 * Math.SQRT2) / 40_075_017) / (512 * 2 ** zoom)).toBeCloseTo(1, 1);
    }
  });

  test('meets itself at the antimeridian: below maxZoom, too, the line goes up to 180° from both sides', () => {
    const lng = Array.from({length: 61}, (_, i) => 179.97 + i * 0.001);
    const voyage: Track = {
      lng: Float64Array.from(lng, (degrees) => (degrees > 180 ? degrees - 360 : degrees)),
      lat: Float64Array.from(lng, (_, i) => -16.8 + i * 0.0002),
      time: Float64Array.from(lng, (_, i) => morning + i * 5000),
      elevation: new Float64Array(61).fill(Number.NaN),
    };
    const tiles = cutTiles([stored(voyage)], maxZoom);
    for (let zoom = 0; zoom <= maxZoom; zoom++) {
      const ends = worldSegments(tiles, zoom).flatMap(({x0, y0, x1, y1}) => [
        {x: x0, y: y0},
        {x: x1, y: y1},
      ]);
      const west = ends.filter(({x}) => x === 0);
      const east = ends.filter(({x}) => x === 1);
      expect([west.length, east.length], `zoom ${zoom}`).toEqual([1, 1]);
      expect(west[0].y).toBe(east[0].y);
    }
  });

  test('knows repeated passes by ground metres in the far north, and of each track by its own latitude', () => {
    const north = {lng: 25, lat: 70};
    const [way] = [
      along(
        [
          [0, 0],
          [2000, 0],
        ],
        8,
      ),
    ];
    const back = along(
      [
        [2000, 3],
        [0, 3],
      ],
      8,
    );
    const once = stored(track(way, {at: north}));
    const both = stored(track([...way, ...back], {at: north}));
    for (const zoom of [12, 13, 14, 15]) {
      expect(mass(both, zoom) / mass(once, zoom), `zoom ${zoom}`).toBeLessThan(1.06);
      expect(mass(both, zoom) / mass(once, zoom), `zoom ${zoom}`).toBeGreaterThan(0.97);
    }
    const south = {lng: 25, lat: 42};
    const streets = [0, 22].map((y, i) =>
      track(
        along(
          [
            [0, y],
            [2000, y],
          ],
          8,
        ),
        {at: south, start: morning + (i + 1) * 1e7},
      ),
    );
    const alone = mass(stored(...streets), 15);
    const after = mass(stored(track(way, {at: north}), ...streets), 15);
    expect(after - mass(once, 15)).toBeCloseTo(alone, -1);
  });

  test('cuts a voyage of 8,000 km in a moment, and single places at the edges of the world inside their tiles', () => {
    const count = 80_000;
    const voyage: Track = {
      lng: Float64Array.from({length: count}, (_, i) => -40 + (i * 72) / count),
      lat: Float64Array.from({length: count}, (_, i) => 3 * Math.sin(i / 9000)),
      time: new Float64Array(count).fill(Number.NaN),
      elevation: new Float64Array(count).fill(Number.NaN),
    };
    const place = (lng: number, lat: number): Track => ({
      lng: Float64Array.of(lng, lng),
      lat: Float64Array.of(lat, lat),
      time: Float64Array.of(morning, morning + 1000),
      elevation: Float64Array.of(Number.NaN, Number.NaN),
    });
    const places = [place(180, 0), place(-180, 0), place(3, 85.051), place(3, -85.051), place(180, -85.051)];
    const tiles = cutTiles([[voyage], ...places.map((one) => [one])], maxZoom);
    for (const {tile} of tiles) {
      for (const value of tile.segments) if (value < 0 || value > tile.extent) throw new Error(`a vertex at ${value}`);
    }
    expect(mass([voyage], 10) / (512 * 2 ** 10)).toBeCloseTo(72 / 360, 1);
  });

  test('sorts more features than fit beside a tile id in a double', () => {
    const run = new TileRun();
    const count = 2 ** 22 + 3;
    for (let i = 0; i < count; i++) {
      run.beginFeature(i < 3 ? 2 ** 31 - 1 : i >> 8, i, 0);
      run.endFeature();
    }
    const {tile, row} = run.sorted((bytes) => new ArrayBuffer(bytes));
    expect([row[0], row[1], row[count - 4]]).toEqual([3, 4, count - 1]);
    expect([...row.subarray(count - 3)]).toEqual([0, 1, 2]);
    expect(tile[count - 1]).toBe(2 ** 31 - 1);
  });
});
