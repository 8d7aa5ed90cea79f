import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {gunzipSync, gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {importFile} from '../../builder/import-file.ts';
import {Library} from '../../builder/library.ts';
import {members} from '../../builder/members.ts';
import {decodeTracks} from '../../builder/track-blob.ts';
import {corpus, corpusPath} from '../support/corpus.ts';
import {temporaryFolder} from '../support/files.ts';
import {seededRandom} from '../support/tracks.ts';
import {zipBytes} from '../support/zip-bytes.ts';

const mutations = 20_000;
const archives = 1_000;
/** A file may take this long, ms of CPU time; one that hangs takes for ever. */
const longest = 2_000;

const folder = temporaryFolder();
const random = seededRandom(20_241);
const below = (limit: number) => Math.floor(random() * limit);
const numbers = ['1e999', '-1e308', '99999999999999999999', 'NaN', '-0', '180.0000001', '90', '\0', '<', '&#x110000;'];

/** Real files of every format, and what there is none of. */
function seeds(): Buffer[] {
  const real = corpus()
    .filter(({set}) => set !== 'library')
    .map((entry) => readFileSync(corpusPath(entry)))
    .filter(({length}) => length > 0 && length < 150_000);
  const line = Array.from({length: 200}, (_, i) => [8 + i / 1000, 47 + i / 2000, 400 + i]);
  const times = line.map((_, i) => new Date(1_714_543_200_000 + i * 1000).toISOString());
  const geojson = JSON.stringify({
    type: 'FeatureCollection',
    features: [
      {type: 'Feature', properties: {name: 'A', coordTimes: times}, geometry: {type: 'LineString', coordinates: line}},
    ],
  });
  const nmea = line.map(
    (_, i) => `$GPRMC,0600${String(i % 60).padStart(2, '0')},A,47${i % 60}.5,N,008${i % 60}.5,E,1,2,010524,,\r\n`,
  );
  const table = 'Activity Name,Activity Type,Filename\n"A ""b""\nc",Ride,activities/1.gpx\n';
  return [...real, Buffer.from(geojson), Buffer.from(nmea.join('')), Buffer.from(table)];
}

/** Cuts, flips, fills, swaps, repeats and huge numbers, a few of them. */
function mutate(seed: Buffer, other: Buffer): Buffer {
  let bytes = Buffer.from(seed);
  for (let change = below(4); change >= 0 && bytes.length > 0; change--) {
    const at = below(bytes.length);
    const length = Math.min(below(400), bytes.length - at);
    const [before, behind] = [bytes.subarray(0, at), bytes.subarray(at + length)];
    const kind = below(8);
    if (kind === 0) bytes = Buffer.from(before);
    else if (kind === 1) bytes[at] ^= 1 << below(8);
    else if (kind === 2) bytes.fill(below(2) * 255, at, at + length);
    else if (kind === 3) bytes = Buffer.concat([before, behind]);
    else if (kind === 4)
      bytes = Buffer.concat([before, other.subarray(0, below(Math.min(other.length, 2000))), behind]);
    else if (kind === 5)
      bytes = Buffer.concat([before, ...Array(below(50)).fill(bytes.subarray(at, at + length)), behind]);
    else if (kind === 6) bytes = Buffer.concat([before, Buffer.from(numbers[below(numbers.length)]), behind]);
    else if (at + 4 <= bytes.length) bytes.writeUInt32LE([0xffffffff, 0x7fffffff, 0x80000000][below(3)], at);
  }
  return bytes;
}

/** Imports bytes as they lie in memory; what gets as far as the library is on Earth and finite. */
async function check(bytes: Buffer, seed: Buffer): Promise<void> {
  const began = process.cpuUsage();
  const place = {start: 0, packed: bytes.length, size: bytes.length, crc: 0, packing: 'stored'} as const;
  const file = await importFile({path: 'fuzz', archive: 'fuzz', place, within: bytes});
  const {user, system} = process.cpuUsage(began);
  const took = (user + system) / 1000;
  const problems: string[] = [];
  if (took > longest) problems.push(`${took} ms`);
  if (file.activities.length + file.leftOut.length === 0 && (!file.reason || !file.outcome)) problems.push('no reason');
  for (const {tracks} of file.activities) {
    for (const {lng, lat, time, elevation} of decodeTracks(tracks)) {
      for (let i = 0; i < lng.length; i++) {
        if (!(Math.abs(lng[i]) <= 180 && Math.abs(lat[i]) <= 90)) problems.push(`position ${lng[i]} ${lat[i]}`);
        if (Math.abs(time[i]) === Infinity || Math.abs(elevation[i]) === Infinity) problems.push('infinite');
      }
    }
  }
  if (problems.length > 0) {
    const kept = path.join(tmpdir(), 'trackheat-fuzz-found');
    writeFileSync(kept, bytes);
    expect([problems.slice(0, 3), kept, seed.toString('latin1', 0, 80)]).toEqual([]);
  }
}

test(`${mutations} damaged files of every format import without a crash, a hang or a position off Earth`, {
  timeout: 3_600_000,
}, async () => {
  const files = seeds();
  const base = process.memoryUsage().rss;
  for (let round = 0; round < mutations; round++) {
    const seed = files[below(files.length)];
    // Damage below gzip is more telling than in it.
    const open = seed[0] === 0x1f && below(4) > 0 ? gunzipOf(seed) : seed;
    await check(mutate(open, files[below(files.length)]), seed);
  }
  expect(process.memoryUsage().rss - base).toBeLessThan(1e9);
});

function gunzipOf(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, {maxOutputLength: 1 << 20});
  } catch {
    return bytes;
  }
}

test(`${archives} damaged archives are listed and their members imported`, {timeout: 3_600_000}, async () => {
  const library = new Library(path.join(folder, 'data'));
  const file = path.join(folder, 'fuzz.zip');
  const files = seeds().filter(({length}) => length < 20_000);
  mkdirSync(folder, {recursive: true});
  for (let round = 0; round < archives; round++) {
    const some = Array.from({length: 1 + below(4)}, (_, i) => ({
      name: `${'../'.repeat(below(2))}${i}.gpx`,
      data: files[below(files.length)],
      stored: below(2) === 0,
    }));
    const inner = zipBytes(some);
    const whole =
      below(3) === 0 ? zipBytes([{name: 'inner.zip', data: below(2) ? inner : gzipSync(inner)}, some[0]]) : inner;
    const bytes = mutate(whole, files[below(files.length)]);
    writeFileSync(file, bytes);
    const found = await members([{path: file, size: bytes.length, modified: round}], library, library.knownFiles());
    expect(found.length).toBeGreaterThan(0);
    for (const {path: at, archive, place, ended} of found) {
      if (!place?.within) await importFile({path: at, archive, place, ended});
    }
  }
  library.close();
});
