import {tcx as geoJsonOf} from '@tmcw/togeojson';
import {parseXmlDocument} from 'slimdom';
import {expect, test} from 'vitest';
import {readTcx} from '../../../builder/read/tcx.ts';
import {corpus, corpusBytes} from '../../support/corpus.ts';
import {farthest} from '../../support/farthest.ts';
import {linesOf} from '../../support/lines-of.ts';

const read = (text: string) => readTcx(Buffer.from(text));
const start = Date.UTC(2024, 4, 1, 6);
const iso = (seconds: number) => new Date(start + seconds * 1000).toISOString();

const tcx = (inner: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">${inner}</TrainingCenterDatabase>`;
const activity = (inner: string, sport = 'Biking') =>
  `<Activity Sport="${sport}"><Id>${iso(0)}</Id>${inner}</Activity>`;
const lap = (...tracks: string[]) =>
  `<Lap StartTime="${iso(0)}">${tracks.map((track) => `<Track>${track}</Track>`).join('')}</Lap>`;
const at = (lat: string | number, lng: string | number) =>
  `<Position><LatitudeDegrees>${lat}</LatitudeDegrees><LongitudeDegrees>${lng}</LongitudeDegrees></Position>`;
const point = (seconds: number, position = at(48 + seconds / 1000, 8.5)) =>
  `\n<Trackpoint>\n <Time>${iso(seconds)}</Time>\n ${position}\n <AltitudeMeters>400.5</AltitudeMeters>\n <HeartRateBpm><Value>99</Value></HeartRateBpm>\n <Extensions><x:TPX><x:Time>1</x:Time></x:TPX></Extensions></Trackpoint>`;
const lengths = (text: string) => read(text).activities.map(({tracks}) => tracks.map(({lng}) => lng.length));

test('an activity has its positions, heights, times, sport, start and device', () => {
  const creator = '<Creator xsi:type="Device_t"><Name>Edge 520 &amp; co</Name><UnitId>1</UnitId></Creator>';
  const author = '<Author><Name>Connect Api</Name></Author>';
  const reading = read(tcx(`<Activities>${activity(lap(point(0) + point(5)) + creator)}</Activities>${author}`));
  expect(reading).toMatchObject({format: 'tcx', points: 2, first: start, last: start + 5000, warnings: []});
  const [made] = reading.activities;
  expect(made).toMatchObject({kind: 'activity', sport: 'ride', virtual: false, device: 'Edge 520 & co', start});
  const [track] = made.tracks;
  expect([...track.lat]).toEqual([48, 48.005]);
  expect([...track.lng]).toEqual([8.5, 8.5]);
  expect([...track.elevation]).toEqual([400.5, 400.5]);
  expect([...track.time]).toEqual([start, start + 5000]);
});

test('laps that follow each other are one track, pauses break it', () => {
  expect(lengths(tcx(activity(lap(point(0) + point(5)) + lap(point(6) + point(9)))))).toEqual([[4]]);
  expect(lengths(tcx(activity(lap(point(0) + point(5), point(500) + point(509)))))).toEqual([[2, 2]]);
  expect(lengths(tcx(activity(lap(point(0) + point(5)) + lap(point(3) + point(9)))))).toEqual([[2, 2]]);
});

test('Trackpoints without a Position are no points', () => {
  const reading = read(tcx(activity(lap(point(0, '') + point(5) + point(6) + point(9, '')))));
  expect([reading.points, reading.first, reading.last]).toEqual([2, start + 5000, start + 6000]);
});

test('an activity without any position has no tracks', () => {
  const reading = read(tcx(activity(lap(point(0, '') + point(5, '')))));
  expect(reading).toMatchObject({points: 0, activities: [{sport: 'ride', start, tracks: []}], warnings: []});
  expect(reading.reason).toBeUndefined();
});

test('unreadable positions are left out with a warning; those off the Earth break the track', () => {
  const bad = read(tcx(activity(lap(point(0) + point(1, at('37,12', 8)) + point(2)))));
  expect([bad.points, bad.activities[0].tracks.length]).toEqual([2, 1]);
  expect(bad.warnings[0]).toContain('1 points left out: found <Trackpoint>');
  const off = read(tcx(activity(lap(point(0) + point(1, at(100, 0)) + point(2)))));
  expect([off.points, off.activities[0].tracks.length]).toEqual([2, 2]);
  expect(off.warnings[0]).toContain('found latitude 100, longitude 0');
});

test('courses are routes with a name, and their points are counted', () => {
  const course = `<Courses><Course><Name>Jura</Name><Lap><BeginPosition><LatitudeDegrees>9</LatitudeDegrees></BeginPosition></Lap><Track>${point(0)}${point(5)}</Track><CoursePoint><Name>Hut</Name>${at(1, 2)}</CoursePoint></Course></Courses>`;
  const reading = read(tcx(course));
  expect(reading.points).toBe(2);
  expect(reading.activities).toMatchObject([{kind: 'route', name: 'Jura'}]);
});

test('each part of a multisport session is an activity', () => {
  const session = `<MultiSportSession><FirstSport>${activity(lap(point(0)), 'Other')}</FirstSport><NextSport>${activity(lap(point(9)), 'Running')}</NextSport></MultiSportSession>`;
  expect(read(tcx(`<Activities>${session}</Activities>`)).activities.map(({sport}) => sport)).toEqual(['other', 'run']);
});

test('blanks before the declaration, prefixes and other words for a sport do no harm', () => {
  const text = tcx(activity(lap(point(0) + point(1)), 'Mountain Biking'));
  expect(read(`          ${text}`).activities[0].sport).toBe('mountain-bike');
  const prefixed = text.replace(/<(\/?)(?=[A-Z])/g, '<$1t:');
  expect(lengths(prefixed)).toEqual([[2]]);
});

test('Trackpoints outside of an Activity are an activity', () => {
  expect(lengths(tcx(`<History><Running><Run>${lap(point(0) + point(1))}</Run></Running></History>`))).toEqual([[2]]);
});

test('local time is told by the zone of the Id', () => {
  const zoned = tcx(activity(lap(point(0)))).replace(iso(0), '2024-05-01T08:00:00.000+02:00');
  expect(read(zoned).activities[0]).toMatchObject({zone: 120, start});
});

test('a file cut off anywhere gives every whole point before the cut', () => {
  const whole = tcx(activity(lap(point(0) + point(1), point(2) + point(3))));
  const ends = [...whole.matchAll(/<\/Trackpoint>/g)].map(({index}) => index + '</Trackpoint>'.length);
  for (let length = 0; length < whole.length; length++) {
    const reading = read(whole.slice(0, length));
    expect([length, reading.points]).toEqual([length, ends.filter((end) => end <= length).length]);
    expect([length, reading.warnings.length > 0]).toEqual([length, true]);
  }
});

test('a missing end tag loses no point', () => {
  const lost = (point(0) + point(1) + point(2)).replace('</Trackpoint>', '');
  expect(read(tcx(activity(lap(lost)))).points).toBe(3);
});

test('a file without activities says so', () => {
  expect(read(tcx('<Workouts/>'))).toMatchObject({
    outcome: 'not-activity',
    reason: expect.stringContaining('expected'),
  });
});

test('togeojson finds the same tracks in well-formed files', () => {
  const good = corpus().filter(
    ({set, format, path, expect: {points = 0}}) =>
      set === 'formats' &&
      format === 'tcx' &&
      points > 1 &&
      points < 1500 &&
      // Its last Track has one point, which togeojson leaves out.
      !path.includes('gtrnctr-lap_s'),
  );
  for (const entry of good) {
    const bytes = corpusBytes(entry);
    const xml = parseXmlDocument(bytes.toString('utf8').trim());
    const theirs = geoJsonOf(xml as never).features.flatMap(({geometry}) => linesOf(geometry!).flat());
    const ours = readTcx(bytes).activities.flatMap(({tracks}) =>
      tracks.flatMap(({lng, lat}) => [...lng].map((x, i) => [x, lat[i]])),
    );
    expect([entry.path, farthest(ours, theirs) < 1e-12]).toEqual([entry.path, true]);
  }
});

test('notes are the name of an activity: their first line, at most 100 characters, and not those of a lap', () => {
  const name = (notes: string, laps = lap(point(0))) =>
    read(tcx(`<Activities>${activity(laps + notes)}</Activities>`)).activities[0].name;
  expect(name('<Notes>To work &amp; back</Notes>')).toBe('To work & back');
  expect(name('<Notes>\n  First\tline \r\nSecond line</Notes>')).toBe('First line');
  expect(name('<Notes><![CDATA[First\nSecond]]></Notes>')).toBe('First');
  expect(name(`<Notes>${'long '.repeat(50)}</Notes>`)).toBe('long '.repeat(20).trim());
  expect(name('<Notes/>')).toBe('');
  expect(name('', lap(point(0)).replace('</Lap>', '<Notes>of the lap</Notes></Lap>'))).toBe('');
});
