import {expect, test} from 'vitest';
import type {Reading} from '../../builder/activity.ts';
import {read} from '../../builder/read.ts';
import {type CorpusEntry, corpus, corpusBytes} from '../support/corpus.ts';
import {fileId, fitFile, record, recordDefinition, session, timer} from '../support/fit-bytes.ts';
import {seededRandom} from '../support/tracks.ts';

const gpx =
  '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="x"><trk><name>A</name><trkseg>\n<trkpt lat="47.5" lon="8.5"><ele>400</ele><time>2024-05-01T06:00:01Z</time></trkpt>\n<trkpt lat="47.6" lon="8.5"><ele>401</ele><time>2024-05-01T06:00:02Z</time></trkpt></trkseg></trk></gpx>\n';
const tcx =
  '<?xml version="1.0"?><TrainingCenterDatabase><Activities><Activity Sport="Biking"><Id>2024-05-01T06:00:01Z</Id><Lap><Track><Trackpoint><Time>2024-05-01T06:00:01Z</Time><Position><LatitudeDegrees>47.5</LatitudeDegrees><LongitudeDegrees>8.5</LongitudeDegrees></Position></Trackpoint></Track></Lap></Activity></Activities></TrainingCenterDatabase>';
const kml =
  '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Placemark><name>A</name><gx:Track><when>2024-05-01T06:00:01Z</when><when>2024-05-01T06:00:02Z</when><gx:coord>8.5 47.5 400</gx:coord><gx:coord>8.5 47.6 401</gx:coord></gx:Track></Placemark></kml>';
const geojson =
  '{"type":"Feature","properties":{"coordTimes":["2024-05-01T06:00:01Z","2024-05-01T06:00:02Z"]},"geometry":{"type":"LineString","coordinates":[[8.5,47.5,400],[8.5,47.6,401]]}}';
const nmea =
  '$GPRMC,060001.00,A,4730.000,N,00830.000,E,1.0,0.0,010524,,*3C\r\n$GPRMC,060002.00,A,4736.000,N,00830.000,E,1.0,0.0,010524,,*39\r\n';
const records = Array.from({length: 30}, (_, i) => record(i * 5, 8.5 + i / 1000, 47.5));
const stop = [...timer(40, 4), ...timer(400, 0)];
const fit = fitFile([...fileId(), recordDefinition, ...records, ...stop, ...session(0, 2), ...session(70, 1)]);

const utf16 = (text: string, bom = '') => Buffer.from(bom + text, 'utf16le');
const reasonOf = (bytes: Uint8Array | string) => {
  const {reason, outcome, activities, points} = read(Buffer.from(bytes));
  expect([activities, points]).toEqual([[], 0]);
  return [outcome, reason];
};

test('the content decides the format', () => {
  expect(read(fit)).toMatchObject({format: 'fit', points: 30});
  expect(read(Buffer.from(gpx))).toMatchObject({format: 'gpx', points: 2});
  expect(read(Buffer.from(tcx))).toMatchObject({format: 'tcx', points: 1});
  expect(read(Buffer.from(kml))).toMatchObject({format: 'kml', points: 2});
  expect(read(Buffer.from(geojson))).toMatchObject({format: 'geojson', points: 2});
  expect(read(Buffer.from(nmea))).toMatchObject({format: 'nmea', points: 2});
});

test('a view into a larger buffer is read on its own', () => {
  for (const [format, bytes] of [
    ['fit', fit],
    ['gpx', Buffer.from(gpx)],
    ['tcx', Buffer.from(tcx)],
    ['kml', Buffer.from(kml)],
    ['geojson', Buffer.from(geojson)],
    ['nmea', Buffer.from(nmea)],
  ] as const) {
    const around = Buffer.concat([Buffer.from('<gpx><trkpt lat="1" lon="1"/>'), bytes, Buffer.from('junk')]);
    const view = new Uint8Array(around.buffer, around.byteOffset + 29, bytes.length);
    expect([format, read(view)]).toEqual([format, read(bytes)]);
  }
});

test('byte order marks, blanks, junk and comments may stand before the root', () => {
  for (const lead of [
    '\ufeff',
    '\n\n  ',
    '\ufeff\ufeff\r\n',
    'junk\n',
    '\0\0\0',
    '<!-- <html> -->',
    '<?xml-stylesheet x?>',
  ]) {
    expect([lead, read(Buffer.from(lead + gpx)).points]).toEqual([lead, 2]);
    expect([lead, read(Buffer.from(lead + tcx)).points]).toEqual([lead, 1]);
  }
});

test('UTF-16 in either byte order, with and without a mark, reads the same', () => {
  const text = gpx.replace('UTF-8', 'UTF-16').replace('>A<', '>Zürich 山<');
  const swap = (bytes: Buffer) => Buffer.from(bytes).swap16();
  const usual = read(Buffer.from(text));
  expect(usual.activities[0].name).toBe('Zürich 山');
  for (const bytes of [utf16(text, '\ufeff'), utf16(text), swap(utf16(text, '\ufeff')), swap(utf16(text))]) {
    expect(read(bytes)).toEqual(usual);
  }
  // Half a character at the end, and more than one piece of decoding.
  expect(read(utf16(text, '\ufeff').subarray(0, -3)).points).toBe(2);
  expect(read(utf16(`${' '.repeat(2_000_000)}${text}`, '\ufeff')).points).toBe(2);
});

test('an empty file and one of blanks have failed', () => {
  expect(reasonOf('')).toEqual(['failed', 'found an empty file, expected FIT, GPX, TCX, KML, GeoJSON or NMEA']);
  expect(reasonOf(' \n\t ')).toEqual(['failed', 'found only blanks, expected FIT, GPX, TCX, KML, GeoJSON or NMEA']);
});

test('other files are no activities, and the reason says what they are', () => {
  const found = (bytes: Uint8Array | string, what: string) =>
    expect(reasonOf(bytes)).toEqual(['not-activity', `found ${what}, expected FIT, GPX, TCX, KML, GeoJSON or NMEA`]);
  found('<!DOCTYPE html><html><body><gpx><trk/></gpx></body></html>', 'a web page');
  found('<notgpx><wpt lat="1" lon="2"/></notgpx>', 'an XML file of <notgpx>');
  found('test', 'plain text');
  found('{"type": "topology"}', 'JSON');
  found('Filename,Activity Name\nactivities/1.fit,A\n', 'the table of an export, which is read with its files');
  found('Filename,Size\nactivities.txt,1\n', 'plain text');
  found('Rar!\x1a\x07\x00', 'a RAR archive');
  found('PK\x03\x04rest', 'a zip archive');
  found(Uint8Array.of(0x1f, 0x8b, 8, 0), 'gzip data');
  found(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0), 'a picture');
  found(Uint8Array.of(1, 2, 3, 0xff, 0), 'unknown data (010203ff00…)');
  expect(reasonOf(fitFile(fileId(2)))[0]).toBe('not-activity');
});

/** Whether what was read of the file keeps its promises: positions on Earth, counts that add up, a reason for nothing. */
function check(reading: Reading): void {
  const problems: string[] = [];
  let points = 0;
  for (const {kind, tracks} of reading.activities) {
    for (const {lng, lat, time, elevation} of tracks) {
      if (lng.length === 0) problems.push('a track without points');
      if (lat.length !== lng.length || time.length !== lng.length || elevation.length !== lng.length)
        problems.push('lengths');
      for (let i = 0; i < lng.length; i++) {
        if (!(Math.abs(lng[i]) <= 180 && Math.abs(lat[i]) <= 90)) problems.push(`position ${lng[i]} ${lat[i]}`);
      }
      if (kind === 'activity' || reading.format !== 'gpx') points += lng.length;
    }
  }
  if (points !== reading.points) problems.push(`${points} points in tracks, ${reading.points} counted`);
  if ((reading.reason === undefined) !== (reading.outcome === undefined)) problems.push('reason without outcome');
  if ((reading.reason === undefined) === (reading.activities.length === 0)) problems.push('nothing without a reason');
  if (reading.first > reading.last) problems.push('first after last');
  expect(problems).toEqual([]);
}

test('cut, changed and spliced files never throw, and give positions on Earth', () => {
  const random = seededRandom(2024);
  const below = (limit: number) => Math.floor(random() * limit);
  const files = [fit, ...[gpx, tcx, kml, geojson, nmea].map((text) => Buffer.from(text)), utf16(gpx, '\ufeff')];
  for (let round = 0; round < 4000; round++) {
    let bytes = Buffer.from(files[below(files.length)]);
    for (let change = below(4); change >= 0; change--) {
      const kind = below(5);
      const at = below(bytes.length);
      const length = below(60);
      if (kind === 0) bytes = bytes.subarray(0, at);
      else if (kind === 1) bytes[at] ^= 1 << below(8);
      else if (kind === 2) bytes.fill(below(2) * 255, at, Math.min(bytes.length, at + length));
      else if (kind === 3)
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + length))]);
      else {
        const other = files[below(files.length)];
        const from = below(other.length);
        bytes = Buffer.concat([bytes.subarray(0, at), other.subarray(from, from + below(400)), bytes.subarray(at)]);
      }
      if (bytes.length === 0) break;
    }
    check(read(bytes));
  }
});

test('random bytes never throw', () => {
  const random = seededRandom(99);
  for (let round = 0; round < 300; round++) {
    const bytes = Uint8Array.from({length: 400}, () => random() * 256);
    // Half of them pass for FIT.
    if (round % 2) bytes.set([14, 0x20, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x2e, 0x46, 0x49, 0x54]);
    check(read(bytes));
  }
});

/**
 * Files of which more can be read than the manifest's counter read, a strict parser that stops at the first error: the block of
 * zeros stands in blanks between two points, and no point is lost.
 */
const readFurther: Record<string, number> = {'broken/nul-bytes-in-middle.gpx': 117};

/** To the second, as the manifest tells times. */
const second = (ms: number) =>
  Number.isNaN(ms) ? undefined : new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(0, 19);

test('every file of the corpus has the points and times that an independent reader counted', () => {
  const found: Record<string, unknown> = {};
  const wanted: Record<string, unknown> = {};
  let library = 0;
  const files = corpus();
  for (const entry of files.filter(isActivityFile)) {
    const {path, set, expect: counted} = entry;
    const reading = read(corpusBytes(entry));
    check(reading);
    const further = readFurther[path];
    found[path] = [reading.points, second(reading.first), further ? undefined : second(reading.last)];
    wanted[path] = [
      further ?? counted.points_valid,
      counted.time_first?.slice(0, 19),
      further ? undefined : counted.time_last?.slice(0, 19),
    ];
    if (set === 'library') library += reading.points;
  }
  expect(found).toEqual(wanted);
  if (files.length > 0) expect(library).toBe(1_187_838);
});

function isActivityFile({format, container}: CorpusEntry): boolean {
  return ['fit', 'gpx', 'tcx'].includes(format ?? '') && container !== 'zip';
}

test('every broken file of the corpus is salvaged or refused with a reason, as a good importer does', () => {
  for (const entry of corpus().filter(({set}) => set === 'broken')) {
    const {path, expect: counted, importer} = entry;
    const reading = read(corpusBytes(entry));
    check(reading);
    const {wanted} = importer!;
    const readable = counted.points_valid ?? 0;
    if (/^salvage(?! or reject)|read normally|keep 114|split there|points are good/.test(wanted)) {
      expect([path, reading.points > 0]).toEqual([path, true]);
      const whole = /read normally|points are good/.test(wanted);
      expect([path, reading.warnings.length > 0]).toEqual([path, !whole]);
    } else if (wanted === 'reject' || wanted === 'skip') {
      expect([path, reading.outcome]).toEqual([path, expect.any(String)]);
    } else if (readable === 0) {
      const empty = reading.points === 0 || path === 'broken/cut.gpx.gz';
      expect([path, empty]).toEqual([path, true]);
    }
  }
});

test('files of the corpus that are no activities say so, and virtual ones are told', () => {
  for (const entry of corpus().filter((each) => each.set === 'formats' && isActivityFile(each))) {
    const tags = entry.tags ?? [];
    const reading = read(corpusBytes(entry));
    if (tags.includes('not-an-activity') || tags.includes('waypoints-only')) {
      expect([entry.path, reading.outcome]).toEqual([entry.path, 'not-activity']);
    }
    if (tags.includes('course') || tags.includes('route-only')) {
      expect([entry.path, ...reading.activities.map(({kind}) => kind)]).toContain('route');
    }
    if (tags.includes('multisport')) expect([entry.path, reading.activities.length > 2]).toEqual([entry.path, true]);
  }
});
