import {kml as geoJsonOf} from '@tmcw/togeojson';
import type {Geometry} from 'geojson';
import {parseXmlDocument} from 'slimdom';
import {expect, test} from 'vitest';
import {readKml} from '../../../builder/read/kml.ts';
import {corpus, corpusBytes} from '../../support/corpus.ts';
import {farthest} from '../../support/farthest.ts';
import {linesOf} from '../../support/lines-of.ts';
import {withItems} from '../../support/with-items.ts';

const read = (text: string) => readKml(Buffer.from(text));
const iso = (second: number) => new Date(Date.UTC(2024, 4, 1, 6, 0, second)).toISOString();

const kml = (inner: string, root = 'kml xmlns="http://www.opengis.net/kml/2.2" creator="Test 1"') =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root}><Document><name>The file</name>${inner}</Document></kml>`;
const placemark = (inner: string, name = 'To work') => `<Placemark><name>${name}</name>${inner}</Placemark>`;
const line = (coordinates: string) => `<LineString><coordinates>${coordinates}</coordinates></LineString>`;
const whens = (from: number, to: number) =>
  Array.from({length: to - from + 1}, (_, i) => `<when>${iso(from + i)}</when>`);
const coords = (from: number, to: number) =>
  Array.from({length: to - from + 1}, (_, i) => `<gx:coord>8.25 ${from + i}.5 ${400 + i}</gx:coord>`);
const lats = (text: string) => read(text).activities.map(({tracks}) => tracks.map(({lat}) => [...lat]));

test('a gx:Track has positions, heights, times, name, sport and program', () => {
  const sport = '<ExtendedData><Data name="type"><value><![CDATA[cycling]]></value></Data></ExtendedData>';
  const track = `<gx:Track>${whens(1, 3).join('')}${coords(1, 3).join('')}</gx:Track>`;
  const reading = read(kml(placemark(sport + track)));
  expect(reading).toMatchObject({format: 'kml', points: 3, warnings: []});
  expect([reading.first, reading.last]).toEqual([Date.UTC(2024, 4, 1, 6, 0, 1), Date.UTC(2024, 4, 1, 6, 0, 3)]);
  const [activity] = reading.activities;
  expect(activity).toMatchObject({kind: 'activity', sport: 'ride', virtual: false, name: 'To work', device: 'Test 1'});
  const [made] = activity.tracks;
  expect([...made.lng]).toEqual([8.25, 8.25, 8.25]);
  expect([...made.lat]).toEqual([1.5, 2.5, 3.5]);
  expect([...made.elevation]).toEqual([400, 401, 402]);
  expect(made.time[2]).toBe(reading.last);
});

test('times may stand before, between and behind the positions, and positions may be missing', () => {
  const [before, behind] = [whens(1, 3).join(''), coords(1, 3).join('')];
  const between = whens(1, 3)
    .map((when, i) => when + coords(1, 3)[i])
    .join('');
  const whole = read(kml(placemark(`<gx:Track>${before}${behind}</gx:Track>`))).activities[0].tracks;
  expect(read(kml(placemark(`<gx:Track>${behind}${before}</gx:Track>`))).activities[0].tracks).toEqual(whole);
  expect(read(kml(placemark(`<gx:Track>${between}</gx:Track>`))).activities[0].tracks).toEqual(whole);
  const holes = `<gx:Track>${before}<gx:coord/>${coords(2, 2)}<gx:coord> </gx:coord></gx:Track>`;
  const [track] = read(kml(placemark(holes))).activities[0].tracks;
  expect([[...track.lat], [...track.time]]).toEqual([[2.5], [Date.UTC(2024, 4, 1, 6, 0, 2)]]);
  const none = read(kml(placemark(`<gx:Track>${before}<gx:coord/><gx:coord/><gx:coord/></gx:Track>`)));
  expect([none.points, none.activities.length, none.activities[0].tracks]).toEqual([0, 1, []]);
});

test('a placemark is an activity, the tracks and lines in it are its tracks', () => {
  const track = (from: number) =>
    `<gx:Track>${whens(from, from + 1).join('')}${coords(from, from + 1).join('')}</gx:Track>`;
  const multi = placemark(`<gx:MultiTrack><gx:interpolate>1</gx:interpolate>${track(1)}${track(5)}</gx:MultiTrack>`);
  const lines = placemark(`<MultiGeometry>${line('8,1 8,2')}${line('8,3,0 8,4,0')}</MultiGeometry>`);
  expect(lats(kml(multi + lines))).toEqual([
    [
      [1.5, 2.5],
      [5.5, 6.5],
    ],
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  expect(read(kml(placemark(line('8,1 8,2'), ''))).activities[0].name).toBe('The file');
});

test('every version, without namespaces, without a root and with prefixes reads the same', () => {
  const inner = placemark(line('8,1,5 8,2,6'));
  for (const root of [
    'kml',
    'kml xmlns="http://earth.google.com/kml/2.0"',
    'kml xmlns="http://earth.google.com/kml/2.1"',
    'kml xmlns="http://www.opengis.net/kml/2.3"',
  ]) {
    expect(lats(kml(inner, root))).toEqual([[[1, 2]]]);
  }
  expect(lats(inner)).toEqual([[[1, 2]]]);
  expect(lats(kml(inner).replace(/<(\/?)(\w)/g, '<$1k:$2'))).toEqual([[[1, 2]]]);
});

test('positions are parted by any blanks, and blanks may stand around commas', () => {
  const one = read(kml(placemark(line('\n  8.5,47.5,400\t8.5,47.6\r\n8.5 , 47.7, 401  ')))).activities[0].tracks[0];
  expect([[...one.lng], [...one.lat]]).toEqual([
    [8.5, 8.5, 8.5],
    [47.5, 47.6, 47.7],
  ]);
  expect([...one.elevation]).toEqual([400, Number.NaN, 401]);
});

test('positions that are no numbers are left out, those not on Earth break the line; both are told', () => {
  const reading = read(kml(placemark(line('8,1 no,2 8,3 180,100 8,4 8 8,5,six'))));
  expect(reading.activities[0].tracks.map(({lat}) => [...lat])).toEqual([
    [1, 3],
    [4, 5],
  ]);
  expect(reading.warnings).toEqual([
    '2 points left out: found no,2, expected latitude and longitude in decimal degrees',
    '1 points left out: found latitude 100, longitude 180, expected latitude ±90 and longitude ±180',
  ]);
  expect(read(kml(placemark(line('no,no no,no'))))).toMatchObject({outcome: 'failed', points: 0});
});

test('points and areas are no activities', () => {
  const point = placemark('<Point><coordinates>8,47,0</coordinates></Point>');
  const area = placemark(
    '<Polygon><outerBoundaryIs><LinearRing><coordinates>8,47 8,48 9,48 8,47</coordinates></LinearRing></outerBoundaryIs></Polygon>',
  );
  expect(read(kml(point + area))).toMatchObject({
    outcome: 'not-activity',
    reason: 'found no line and no track, but 1 points and 1 areas, expected a LineString or a gx:Track',
  });
});

test('points with times give them to the line of the same positions, and are one activity where there is none', () => {
  const stamp = (second: number, lat: number) =>
    placemark(`<TimeStamp><when>${iso(second)}</when></TimeStamp><Point><coordinates>8,${lat}</coordinates></Point>`);
  const points = [stamp(9, 7), stamp(1, 1), stamp(2, 2), stamp(3, 3)].join('');
  const drawn = read(kml(points + placemark(line('8,1 8,2 8,3'))));
  expect([drawn.points, drawn.warnings]).toEqual([3, []]);
  expect([...drawn.activities[0].tracks[0].time]).toEqual([1, 2, 3].map((s) => Date.UTC(2024, 4, 1, 6, 0, s)));
  const other = read(kml(points + placemark(line('8,1 8,2 8,4'))));
  expect([...other.activities[0].tracks[0].time].every(Number.isNaN)).toBe(true);
  const alone = read(kml(points));
  expect([alone.points, alone.activities.length]).toEqual([4, 1]);
  expect(alone.warnings[0]).toContain('found no line but 4 points with times');
});

test('the span of a placemark is its start, its author has another name', () => {
  const span = `<TimeSpan><begin>2024-05-01T08:00:00+02:00</begin></TimeSpan>`;
  const text = kml(
    `<atom:author><atom:name>Somebody</atom:name></atom:author>${placemark(span + line('8,1 8,2'), '')}`,
  );
  expect(read(text).activities[0]).toMatchObject({start: Date.UTC(2024, 4, 1, 6), name: 'The file'});
});

test('a file that ends early gives what precedes', () => {
  const whole = kml(placemark(`<gx:Track>${whens(1, 9).join('')}${coords(1, 9).join('')}</gx:Track>`));
  const cut = read(whole.slice(0, whole.indexOf('8.25 7.5')));
  expect([cut.points, cut.warnings]).toEqual([6, ['the file ends early, expected </kml>']]);
});

/** Coordinates of the manifest's counter that are no points of lines: of Point placemarks, empty `<gx:coord/>`, unreadable ones. */
const noLine: Record<string, number> = {
  'formats/OpenTracks--kml22_time_decreases.kml': 1,
  'formats/OpenTracks--legacy_kml22_statistics_marker.kml': 3,
  'formats/gpsbabel--opentracks.kml': 2,
  'formats/placemark--gxmultitrack.kml': 2,
  'formats/placemark--multitrack.kml': 2,
  'formats/kml-heatmap--10_DEAGJ_DA20.kml': 4,
  'formats/viking--Stonehenge.kml': 78,
  'broken/placemark--bad.kml': 13,
  'broken/dawarich--invalid_coordinates.kml': 1,
};

test('every KML file of the corpus has the coordinates that an independent reader counted', () => {
  for (const entry of corpus().filter(({format, container}) => format === 'kml' && container !== 'zip')) {
    const {path, expect: counted} = entry;
    expect([path, readKml(corpusBytes(entry)).points + (noLine[path] ?? 0)]).toEqual([path, counted.kml_coords]);
  }
});

test('togeojson finds the same lines', () => {
  const flat = (geometry: Geometry): Geometry[] =>
    geometry.type === 'GeometryCollection' ? geometry.geometries.flatMap(flat) : [geometry];
  for (const entry of corpus().filter(({format, set}) => format === 'kml' && set === 'formats')) {
    const bytes = corpusBytes(entry);
    const theirs = geoJsonOf(withItems(parseXmlDocument(new TextDecoder().decode(bytes))) as never)
      .features.map(({geometry}) => (geometry ? flat(geometry).flatMap(linesOf) : []))
      .filter((lines) => lines.length > 0);
    const ours = readKml(bytes).activities.map(({tracks}) =>
      tracks.map(({lng, lat}) => [...lng].map((x, i) => [x, lat[i]])),
    );
    // togeojson takes an empty <gx:coord/> for a position of NaN; a line of a single point is none to it.
    const readable = theirs
      .map((lines) => lines.map((each) => each.filter(([lng]) => !Number.isNaN(lng))))
      .filter((lines) => lines.length > 0);
    if (ours.flat().some(({length}) => length < 2)) continue;
    expect([entry.path, farthest(ours, readable) < 1e-12]).toEqual([entry.path, true]);
  }
});
