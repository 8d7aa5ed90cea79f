/**
 * Writes client/basemap/land.json: coasts and borders of the world for the offline base map, from Natural Earth's 1:50m data
 * (npm world-atlas, public domain). Run by hand after an update of world-atlas: `node scripts/make-land.mjs`.
 *
 * The source's rings are stitched together across ±180°, so a flat map would fill bands right across the world; here they are
 * unrolled, cut at the antimeridian, and Antarctica is closed beyond the map's southern edge. (d3-geo's cutting was tried first: it
 * takes islands that touch ±180° for holes.) Coordinates are hundredths of a degree, delta-coded into text; decoder:
 * client/basemap/land.ts.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {feature, mesh} from 'topojson-client';

/** @typedef {[x: number, y: number][]} Line degrees, lng before lat; rings come closed */

const unitsPerDegree = 100;
/** Just beyond the edge of Web Mercator, which cannot show the poles. */
const maxLatitude = 85.06;

/** @param {string} name a file of world-atlas */
function atlas(name) {
  return JSON.parse(readFileSync(fileURLToPath(import.meta.resolve(`world-atlas/${name}.json`)), 'utf8'));
}

/**
 * A ring without jumps: longitudes run on beyond ±180°. One that goes round a pole is closed beyond that edge of the map.
 * @param {Line} ring
 * @returns {Line}
 */
function unroll(ring) {
  let x = ring[0][0];
  /** @type {Line} */
  const line = ring.map(([lng, lat]) => {
    x += ((((lng - x + 180) % 360) + 360) % 360) - 180;
    return [x, Math.max(-maxLatitude, Math.min(maxLatitude, lat))];
  });
  const [[x0, y0], [x1]] = [line[0], line[line.length - 1]];
  if (Math.abs(x1 - x0) < 180) return line;
  const edge = maxLatitude * Math.sign(y0);
  return [...line, [x1, edge], [x0, edge], line[0]];
}

/**
 * The part of a ring on one side of a meridian (Sutherland and Hodgman's clipping).
 * @param {Line} ring
 * @param {number} lng
 * @param {1 | -1} side 1 keeps what is east
 * @returns {Line}
 */
function clip(ring, lng, side) {
  /** @type {Line} */
  const kept = [];
  ring.forEach(([x, y], i) => {
    const [px, py] = ring[(i || ring.length) - 1];
    const inside = (x - lng) * side >= 0;
    if (inside !== (px - lng) * side >= 0) kept.push([lng, py + ((y - py) * (lng - px)) / (x - px)]);
    if (inside) kept.push([x, y]);
  });
  return kept;
}

/**
 * The pieces of a polygon that lie in each copy of the world, moved to -180..180; the first ring is the outer one.
 * @param {Line[]} rings
 */
function cut(rings) {
  const unrolled = rings.map(unroll);
  const west = Math.min(...unrolled[0].map(([x]) => x));
  // A hole was unrolled from a start of its own: it belongs into the same copy of the world as the outer ring.
  for (let i = 1; i < unrolled.length; i++) {
    const shift = 360 * Math.ceil((west - Math.min(...unrolled[i].map(([x]) => x))) / 360);
    unrolled[i] = unrolled[i].map(([x, y]) => [x + shift, y]);
  }
  const lngs = unrolled[0].map(([x]) => x);
  const world = (/** @type {number} */ lng) => Math.floor((lng + 180) / 360);
  /** @type {Line[][]} */
  const pieces = [];
  for (let k = world(Math.min(...lngs)); k <= world(Math.max(...lngs)); k++) {
    const [west, east] = [360 * k - 180, 360 * k + 180];
    const piece = unrolled
      .map((ring) => clip(clip(ring, west, 1), east, -1).map(([x, y]) => [x - 360 * k, y]))
      .map((ring) => units(/** @type {Line} */ (ring)))
      .filter((ring) => ring.length >= 3 && area(ring) !== 0);
    if (piece.length > 0) pieces.push(piece);
  }
  return pieces.map((piece) => piece.map((ring, i) => (area(ring) > 0 === (i === 0) ? ring : ring.toReversed())));
}

/**
 * A line in whole units, without points that repeat the one before or lie straight between their neighbours; a ring's closing
 * point goes too.
 * @param {Line} line
 */
function units(line) {
  /** @type {Line} */
  const kept = [];
  for (const degrees of line) {
    const [x, y] = degrees.map((value) => Math.round(value * unitsPerDegree));
    const last = kept.at(-1);
    if (last && last[0] === x && last[1] === y) continue;
    const before = kept.at(-2);
    if (last && before) {
      const [ax, ay, bx, by] = [last[0] - before[0], last[1] - before[1], x - last[0], y - last[1]];
      if (ax * by === ay * bx && ax * bx + ay * by > 0) kept.pop();
    }
    kept.push([x, y]);
  }
  const [first, last] = [kept[0], kept.at(-1)];
  if (kept.length > 3 && last && first[0] === last[0] && first[1] === last[1]) kept.pop();
  return kept;
}

/**
 * Twice the area of a ring, positive where it runs counter-clockwise, as GeoJSON wants its outer rings.
 * @param {Line} ring
 */
function area(ring) {
  return ring.reduce((sum, [x, y], i) => {
    const [x1, y1] = ring[(i + 1) % ring.length];
    return sum + x * y1 - x1 * y;
  }, 0);
}

/**
 * Coordinate differences as text: zigzag, then groups of five bits, low first, each as one character from '?' on, a sixth bit set
 * where more follow (the published encoded polyline format, with x before y).
 * @param {Line} line units
 */
function encode(line) {
  let text = '';
  let [px, py] = [0, 0];
  for (const [x, y] of line) {
    for (const delta of [x - px, y - py]) {
      let rest = delta < 0 ? ~(delta << 1) : delta << 1;
      for (; rest >= 0x20; rest >>= 5) text += String.fromCharCode((0x20 | (rest & 0x1f)) + 63);
      text += String.fromCharCode(rest + 63);
    }
    [px, py] = [x, y];
  }
  return text;
}

const landAtlas = atlas('land-50m');
const countries = atlas('countries-50m');
const sourcePolygons = feature(landAtlas, landAtlas.objects.land).features.flatMap((part) => part.geometry.coordinates);
const land = sourcePolygons.flatMap(cut);
const sourceBorders = mesh(countries, countries.objects.countries, (a, b) => a !== b).coordinates;
const borders = sourceBorders.map(units).filter((line) => line.length > 1);

const json = `{
"source": "Natural Earth 1:50m, public domain",
"unitsPerDegree": ${unitsPerDegree},
"land": [
${land.map((rings) => JSON.stringify(rings.map(encode))).join(',\n')}
],
"borders": [
${borders.map((line) => JSON.stringify(encode(line))).join(',\n')}
]
}
`;
const file = fileURLToPath(new URL('../client/basemap/land.json', import.meta.url));
writeFileSync(file, json);
const points = land.flat(2).length + borders.flat().length;
console.log(
  `client/basemap/land.json: ${sourcePolygons.length} polygons cut into ${land.length}, ${borders.length} borders, ` +
    `${points} points, ${Math.round(json.length / 1000)} kB`,
);
