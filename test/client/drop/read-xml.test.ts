import {parseXmlDocument} from 'slimdom';
import {expect, test} from 'vitest';
import {readXml} from '../../../client/drop/read-xml.ts';
import {withItems} from '../../support/with-items.ts';

/** Reads a text with slimdom, which stands in for the browser's own documents. */
const read = (text: string) => readXml(withItems(parseXmlDocument(text)) as unknown as Document);

const point = (name: string, lng: number) => `<${name} lat="47" lon="${lng}"/>`;
const points = (name: string, ...lngs: number[]) => lngs.map((lng) => point(name, lng)).join('');
const lap = (...lngs: number[]) => `<Lap><Track>${lngs.map(trackpoint).join('')}</Track></Lap>`;
const trackpoint = (lng: number) =>
  `<Trackpoint><Position><LatitudeDegrees>47</LatitudeDegrees><LongitudeDegrees>${lng}</LongitudeDegrees></Position></Trackpoint>`;

test('each track of a GPX file is an activity, its parts lines; planned routes count where nothing was recorded', () => {
  const track = `<trk><trkseg>${points('trkpt', 8, 8.1)}</trkseg><trkseg>${points('trkpt', 8.2, 8.3)}</trkseg></trk>`;
  const route = `<rte>${points('rtept', 9, 9.1)}</rte>`;
  const other = `<trk><trkseg>${points('trkpt', 8.4, 8.5)}</trkseg></trk>`;
  const lines = [
    [
      [8, 47],
      [8.1, 47],
    ],
    [
      [8.2, 47],
      [8.3, 47],
    ],
  ];
  expect(read(`<gpx>${point('wpt', 1)}${route}${track}${other}</gpx>`)).toEqual([
    lines,
    [
      [
        [8.4, 47],
        [8.5, 47],
      ],
    ],
  ]);
  expect(read(`<gpx xmlns="http://www.topografix.com/GPX/1/1">${route}</gpx>`)).toEqual([
    [
      [
        [9, 47],
        [9.1, 47],
      ],
    ],
  ]);
});

test('the laps of a TCX activity are lines of one activity; a course is one, too', () => {
  const tcx = (inner: string) => `<TrainingCenterDatabase>${inner}</TrainingCenterDatabase>`;
  const activities = `<Activity>${lap(8, 8.1)}${lap(8.1, 8.2)}</Activity><Activity>${lap(9, 9.1)}</Activity>`;
  expect(read(tcx(`<Activities>${activities}</Activities>`))).toEqual([
    [
      [
        [8, 47],
        [8.1, 47],
      ],
      [
        [8.1, 47],
        [8.2, 47],
      ],
    ],
    [
      [
        [9, 47],
        [9.1, 47],
      ],
    ],
  ]);
  const course = `<Track>${trackpoint(8)}${trackpoint(8.1)}</Track>`;
  expect(read(tcx(`<Courses><Course>${course}</Course></Courses>`))).toEqual([
    [
      [
        [8, 47],
        [8.1, 47],
      ],
    ],
  ]);
});

test('lines and tracks of a KML file are activities, points and areas are none', () => {
  const line = '<LineString><coordinates>8,47 8.1,47,430</coordinates></LineString>';
  const placemark = (inner: string) => `<Placemark>${inner}</Placemark>`;
  const tracks =
    '<gx:Track xmlns:gx="http://www.google.com/kml/ext/2.2"><gx:coord>9 47 1</gx:coord><gx:coord>9.1 47 2</gx:coord></gx:Track>';
  const several = `<MultiGeometry>${line}<Point><coordinates>1,2</coordinates></Point></MultiGeometry>`;
  expect(read(`<kml>${[line, several, tracks].map(placemark).join('')}</kml>`)).toEqual([
    [
      [
        [8, 47],
        [8.1, 47, 430],
      ],
    ],
    [
      [
        [8, 47],
        [8.1, 47, 430],
      ],
    ],
    [
      [
        [9, 47, 1],
        [9.1, 47, 2],
      ],
    ],
  ]);
});

test('a document without lines, or one that a browser could not read, is told', () => {
  expect(read('<gpx><wpt lat="1" lon="2"/></gpx>')).toBe(
    'found a GPX file without a line, expected a track of two points.',
  );
  const damaged = '<gpx><parsererror>error on line 7 at column 3: x</parsererror></gpx>';
  expect(read(damaged)).toBe('found damage in line 7, expected well-formed XML.');
});
