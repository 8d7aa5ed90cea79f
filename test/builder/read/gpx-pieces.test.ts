import {expect, test} from 'vitest';
import {readGpx} from '../../../builder/read/gpx.ts';
import {gpxPieces} from '../../../builder/read/gpx-pieces.ts';

const options = {pieceBytes: 4000, trackBytes: 1 << 20};

/** Tracks of some points each, with a number that tells them apart. */
const trk = (number: number, points: number) =>
  `<trk><name>Number ${number}</name><type>running</type><trkseg>${Array.from(
    {length: points},
    (_, i) => `<trkpt lat="${number}.${1000 + i}" lon="8.5"><time>2024-05-01T06:00:00+02:00</time></trkpt>`,
  ).join('')}</trkseg></trk>`;
const gpx = (inner: string) =>
  `<?xml version="1.0" encoding="ISO-8859-1"?>\n<gpx creator="Zürich" version="1.1"><metadata/>${inner}</gpx>\n`;

async function* chunks(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function piecewise(text: string, size = 1000) {
  const readings = [];
  let longest = 0;
  for await (const piece of gpxPieces(chunks(text, size), options)) {
    longest = Math.max(longest, piece.length);
    readings.push(readGpx(piece));
  }
  return {readings, longest, activities: readings.flatMap(({activities}) => activities)};
}

test('a file in pieces gives the activities that it gives as a whole', async () => {
  const text = gpx(Array.from({length: 40}, (_, i) => trk(i + 1, 1 + ((i * 7) % 25))).join('\n'));
  const whole = readGpx(Buffer.from(text, 'latin1'));
  for (const size of [1, 999, 4000, 10_000, 1 << 20]) {
    const {readings, longest, activities} = await piecewise(text, size);
    expect(readings.length).toBeGreaterThan(5);
    expect(longest).toBeLessThanOrEqual(options.pieceBytes + 6);
    expect(activities).toEqual(whole.activities);
    expect(readings.flatMap(({warnings}) => warnings)).toEqual([]);
    expect(readings.reduce((sum, {points}) => sum + points, 0)).toBe(whole.points);
  }
  expect(whole.activities[0]).toMatchObject({device: 'Zürich', sport: 'run', zone: 120});
});

test('routes, prefixes, upper case and a missing root are cut as well', async () => {
  const tracks = Array.from({length: 20}, (_, i) => trk(i + 1, 10)).join('');
  const prefixed = tracks.replace(/<(\/?)(\w)/g, '<$1g:$2');
  const routes = tracks
    .replaceAll('trkpt', 'rtept')
    .replaceAll('trk>', 'rte>')
    .replace(/<\/?trkseg>/g, '');
  for (const text of [gpx(prefixed), gpx(tracks.replaceAll('trk>', 'TRK>')), gpx(routes), tracks]) {
    const {readings, activities} = await piecewise(text);
    expect(readings.length).toBeGreaterThan(2);
    expect(activities).toEqual(readGpx(Buffer.from(text, 'latin1')).activities);
  }
});

test('a track that is longer than a piece stays whole', async () => {
  const text = gpx(trk(1, 3) + trk(2, 500) + trk(3, 3));
  const {activities} = await piecewise(text);
  expect(activities.map(({tracks}) => tracks[0].lat.length)).toEqual([3, 500, 3]);
});

test('a file that ends early says so once, and gives what precedes', async () => {
  const text = gpx(Array.from({length: 20}, (_, i) => trk(i + 1, 10)).join(''));
  const {readings, activities} = await piecewise(text.slice(0, text.indexOf('lat="18.1004"')));
  expect(activities.map(({tracks}) => tracks[0].lat.length)).toEqual([...Array(17).fill(10), 4]);
  expect(readings.flatMap(({warnings}) => warnings)).toEqual(['the file ends early, expected </gpx>']);
});
