import {expect, test} from 'vitest';
import {isGeoJson, readGeoJson} from '../../../builder/read/geojson.ts';

const read = (value: unknown) => readGeoJson(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));
const lats = (value: unknown) => read(value).activities.map(({tracks}) => tracks.map(({lat}) => [...lat]));

const iso = (second: number) => new Date(Date.UTC(2024, 4, 1, 6, 0, second)).toISOString();
const line = (from: number, to: number) => ({
  type: 'LineString',
  coordinates: Array.from({length: to - from + 1}, (_, i) => [8.25, from + i, 400 + i]),
});
const feature = (geometry: unknown, properties: unknown = null) => ({type: 'Feature', properties, geometry});
const collection = (...features: unknown[]) => ({type: 'FeatureCollection', features});

test('a feature has positions, heights, times, name and sport', () => {
  const properties = {name: 'To\n work', sport: 'Hike', coordTimes: [1, 2, 3].map(iso), time: iso(0)};
  const reading = read(collection(feature(line(1, 3), properties)));
  expect(reading).toMatchObject({format: 'geojson', points: 3, warnings: []});
  expect([reading.first, reading.last]).toEqual([Date.UTC(2024, 4, 1, 6, 0, 1), Date.UTC(2024, 4, 1, 6, 0, 3)]);
  const [activity] = reading.activities;
  expect(activity).toMatchObject({kind: 'activity', sport: 'hike', name: 'To work', start: Date.UTC(2024, 4, 1, 6)});
  expect([...activity.tracks[0].elevation]).toEqual([400, 401, 402]);
  expect([...activity.tracks[0].lng]).toEqual([8.25, 8.25, 8.25]);
});

test('each feature is an activity, its lines are tracks; a bare geometry is one too', () => {
  const multi = {type: 'MultiLineString', coordinates: [line(1, 2).coordinates, line(4, 5).coordinates]};
  const nested = {
    type: 'GeometryCollection',
    geometries: [line(1, 2), {type: 'GeometryCollection', geometries: [line(4, 5)]}],
  };
  const two = [
    [1, 2],
    [4, 5],
  ];
  expect(lats(multi)).toEqual([two]);
  expect(lats(nested)).toEqual([two]);
  expect(lats(feature(multi))).toEqual([two]);
  expect(lats(collection(feature(line(1, 2)), collection(feature(line(4, 5)))))).toEqual([[[1, 2]], [[4, 5]]]);
  expect(lats(collection(feature({type: 'Point', coordinates: [8, 1]}), feature(null), feature(line(1, 2))))).toEqual([
    [[1, 2]],
  ]);
});

test('times stand in any of three properties, as text, seconds or ms, in the shape of the lines or flat', () => {
  const times = (geometry: unknown, properties: unknown) =>
    read(feature(geometry, properties)).activities[0].tracks.flatMap(({time}) => [...time]);
  const wanted = [1, 2, 3].map((second) => Date.UTC(2024, 4, 1, 6, 0, second));
  expect(times(line(1, 3), {times: [1, 2, 3].map(iso)})).toEqual(wanted);
  expect(times(line(1, 3), {coordTimes: wanted})).toEqual(wanted);
  expect(times(line(1, 3), {coordinateProperties: {times: wanted.map((ms) => ms / 1000)}})).toEqual(wanted);
  const multi = {type: 'MultiLineString', coordinates: [line(1, 1).coordinates, line(2, 3).coordinates]};
  expect(times(multi, {coordTimes: [wanted.slice(0, 1), wanted.slice(1)]})).toEqual(wanted);
  expect(times(multi, {coordTimes: wanted})).toEqual(wanted);
  expect(times(line(1, 3), {coordTimes: [iso(1), null, 'noon']})).toEqual([wanted[0], Number.NaN, Number.NaN]);
});

test('positions that are none are left out, those not on Earth break the line; both are told', () => {
  const coordinates = [[8, 1], null, ['8', 2], [8, 3], [180, 100], [8, 4]];
  const {activities, warnings} = read({type: 'LineString', coordinates});
  expect(activities[0].tracks.map(({lat}) => [...lat])).toEqual([[1, 3], [4]]);
  expect(warnings).toEqual([
    '2 points left out: found null, expected latitude and longitude in decimal degrees',
    '1 points left out: found latitude 100, longitude 180, expected latitude ±90 and longitude ±180',
  ]);
});

test('routes that togeojson made of a GPX file are routes', () => {
  expect(read(feature(line(1, 2), {_gpxType: 'rte'})).activities[0].kind).toBe('route');
});

test('text that is cut, followed by something, or has NaN gives what is whole', () => {
  const whole = JSON.stringify(collection(feature(line(1, 5), {name: 'a } ] "quoted\\" text'}), feature(line(6, 9))));
  const cut = read(whole.slice(0, whole.indexOf('[8.25,8,')));
  expect(cut.activities.map(({tracks}) => tracks[0].lat.length)).toEqual([5, 2]);
  expect(cut.warnings).toHaveLength(1);
  expect(read(`${whole}\n{"again":1}`).points).toBe(9);
  expect(read(whole.replace('400', 'NaN')).points).toBe(9);
  expect(read('{"type":"Feature"')).toMatchObject({outcome: 'failed', points: 0});
});

test('features without lines are no activities', () => {
  expect(read(collection(feature({type: 'Point', coordinates: [8, 47]})))).toMatchObject({
    outcome: 'not-activity',
    reason: 'found 1 features without a line, expected a LineString',
  });
});

test('deep nesting does no harm', () => {
  const deep = 5000;
  const text = `${'{"type":"GeometryCollection","geometries":['.repeat(deep)}${JSON.stringify(line(1, 2))}${']}'.repeat(deep)}`;
  expect(lats(text)).toEqual([[[1, 2]]]);
});

test('GeoJSON is told from other JSON by its types', () => {
  const is = (text: string) => isGeoJson(Buffer.from(text));
  expect([
    is('\ufeff {"type" : "Feature"'),
    is('{"features":[{"type":"Feature"}]}'),
    is('{"type":"LineString"'),
  ]).toEqual([true, true, true]);
  expect([is('{"type":"Topology"}'), is('{"type":"Point"}'), is('[1]'), is('x {"type":"Feature"}'), is('')]).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});
