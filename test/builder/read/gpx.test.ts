import {gpx as geoJsonOf} from '@tmcw/togeojson';
import {parseXmlDocument} from 'slimdom';
import {expect, test} from 'vitest';
import {readGpx} from '../../../builder/read/gpx.ts';
import {corpus, corpusBytes} from '../../support/corpus.ts';
import {farthest} from '../../support/farthest.ts';
import {linesOf} from '../../support/lines-of.ts';

const read = (text: string, encoding: BufferEncoding = 'utf8') => readGpx(Buffer.from(text, encoding));
const lats = (text: string) => read(text).activities.map(({tracks}) => tracks.map(({lat}) => [...lat]));

/** A GPX file around this. */
const gpx = (inner: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Test 1" xmlns="http://www.topografix.com/GPX/1/1">${inner}</gpx>`;
/** A track of one segment around this. */
const trk = (points: string, head = '') => `<trk>${head}<trkseg>${points}</trkseg></trk>`;
/** Points at whole degrees north, a second apart. */
const points = (from: number, to: number) =>
  Array.from({length: to - from + 1}, (_, i) => {
    const time = new Date(Date.UTC(2024, 4, 1, 6, 0, from + i)).toISOString();
    return `<trkpt lat="${from + i}.5" lon="8.25"><ele>${400 + i}.5</ele><time>${time}</time></trkpt>\n`;
  }).join('');
/** So many points that the plain reading, which keeps away from the end of a file, is used for those before. */
const far = points(60, 80);

test('a track has its positions, heights, times, name, sport and program', () => {
  const reading = read(gpx(trk(points(1, 3), '<name>To work</name><type>cycling</type>')));
  expect(reading).toMatchObject({format: 'gpx', points: 3, warnings: []});
  expect([reading.first, reading.last]).toEqual([Date.UTC(2024, 4, 1, 6, 0, 1), Date.UTC(2024, 4, 1, 6, 0, 3)]);
  const [activity] = reading.activities;
  expect(activity).toMatchObject({kind: 'activity', sport: 'ride', virtual: false, name: 'To work', device: 'Test 1'});
  const [track] = activity.tracks;
  expect([...track.lat]).toEqual([1.5, 2.5, 3.5]);
  expect([...track.lng]).toEqual([8.25, 8.25, 8.25]);
  expect([...track.elevation]).toEqual([400.5, 401.5, 402.5]);
  expect(track.time[2]).toBe(reading.last);
});

test('tracks are activities, segments are tracks, and empty ones are none', () => {
  const [first, second, third] = [
    trk(points(1, 2)),
    '<trk/>',
    `<trk><trkseg>${points(3, 4)}</trkseg><trkseg/><trkseg>${points(5, 5)}</trkseg></trk>`,
  ];
  expect(lats(gpx(first + second + third))).toEqual([[[1.5, 2.5]], [], [[3.5, 4.5], [5.5]]]);
});

test('numbers may begin with their point', () => {
  const written =
    '<trkpt lat=".5" lon="-.25"><ele>.75</ele></trkpt><trkpt lat="1.5" lon="0.5"><ele>-.5</ele></trkpt>\n';
  const [track] = read(gpx(trk(written + far))).activities[0].tracks;
  expect([track.lat[0], track.lng[0], track.elevation[0], track.elevation[1]]).toEqual([0.5, -0.25, 0.75, -0.5]);
});

/** The same three points in every manner of writing; the first as nearly all programs do. */
const manners: Record<string, string> = {
  plain: '<trkpt lat="1.5" lon="-8.25"><ele>400.5</ele><time>2024-05-01T06:00:01Z</time></trkpt>',
  spread:
    '\n   <trkpt lat="1.5" lon="-8.25">\r\n    <ele>400.5</ele>\r\n    <time>2024-05-01T06:00:01Z</time>\r\n   </trkpt>',
  'lon first': '<trkpt lon="-8.25" lat="1.5"><time>2024-05-01T06:00:01Z</time><ele>400.5</ele></trkpt>',
  'single quotes': "<trkpt lat='1.5' lon='-8.25'><ele>400.5</ele><time>2024-05-01T06:00:01Z</time></trkpt>",
  'upper case': '<TRKPT LAT="1.5" LON="-8.25"><ELE>400.5</ELE><TIME>2024-05-01T06:00:01Z</TIME></TRKPT>',
  prefixed: '<g:trkpt lat="1.5" lon="-8.25"><g:ele>400.5</g:ele><g:time>2024-05-01T06:00:01Z</g:time></g:trkpt>',
  'odd blanks':
    '<trkpt\n lat = " 1.5 "\tlon= "-8.25" ><ele> 400.5\n</ele><time> 2024-05-01T06:00:01Z\n</time></trkpt >',
  comments:
    '<trkpt lat="1.5" lon="-8.25"><!-- <ele>1</ele> --><ele>400.5</ele><!----><time>2024-05-01T06:00:01Z</time></trkpt>',
  extensions:
    '<trkpt lat="1.5" lon="-8.25"><ele>400.5</ele><time>2024-05-01T06:00:01Z</time><extensions><t:hr>99</t:hr><time>1999-01-01T00:00:00Z</time></extensions></trkpt>',
  'extensions first':
    '<trkpt lat="1.5" lon="-8.25"><extensions><ele>1</ele><time>x</time></extensions><ele>400.5</ele><time>2024-05-01T06:00:01Z</time></trkpt>',
  'foreign children':
    '<trkpt lat="1.5" lon="-8.25"><x:ele>1</x:ele><x:time>1</x:time><ele>400.5</ele><time>2024-05-01T06:00:01Z</time><speed>3</speed></trkpt>',
  'long decimals':
    '<trkpt lat="1.50000000000000000000000000000000001" lon="-8.2500000000000000000000000000000000"><ele>400.50000000000000000</ele><time>2024-05-01T06:00:01.000Z</time></trkpt>',
  exponents: '<trkpt lat="15e-1" lon="-0.825E+1"><ele>4.005e2</ele><time>2024-05-01T08:00:01+02:00</time></trkpt>',
  'more attributes':
    '<trkpt id="a>b" lat="1.5" n="" lon="-8.25" x:lat2="9"><ele>400.5</ele><time>20240501T060001Z</time></trkpt>',
};

test('a point reads the same in every manner of writing, near the end of the file and far from it', () => {
  for (const [manner, point] of Object.entries(manners)) {
    for (const rest of ['', far]) {
      const {activities, first} = read(gpx(trk(point + point + rest)));
      const [{lng, lat, time, elevation}] = activities[0].tracks;
      for (const i of [0, 1]) {
        expect([manner, lng[i], lat[i], time[i], elevation[i]]).toEqual([
          manner,
          -8.25,
          1.5,
          Date.UTC(2024, 4, 1, 6, 0, 1),
          400.5,
        ]);
      }
      expect([manner, lat.length]).toEqual([manner, rest ? 23 : 2]);
      expect([manner, first]).toEqual([manner, Date.UTC(2024, 4, 1, 6, 0, 1)]);
    }
  }
});

test('a point may have neither height nor time, or be closed at once', () => {
  for (const rest of ['', far]) {
    const {activities} = read(
      gpx(trk(`<trkpt lat="1" lon="2"/><trkpt lat="3" lon="4" /><trkpt lat="5" lon="6"></trkpt>${rest}`)),
    );
    const [{lng, lat, time, elevation}] = activities[0].tracks;
    expect([...lat.subarray(0, 3), ...lng.subarray(0, 3)]).toEqual([1, 3, 5, 2, 4, 6]);
    expect([time[2], elevation[2]]).toEqual([Number.NaN, Number.NaN]);
  }
});

test('GPX 1.0, no namespace, no declaration, a prefix and an upper case root read the same', () => {
  const body = trk(points(1, 3));
  const prefixed = body.replace(/<(\/?)/g, '<$1g:');
  for (const text of [
    `<gpx version="1.0" creator="x" xmlns="http://www.topografix.com/GPX/1/0">${body}</gpx>`,
    `<gpx>${body}</gpx>`,
    `<g:gpx xmlns:g="http://www.topografix.com/GPX/1/1">${prefixed}</g:gpx>`,
    `<GPX>${body}</GPX>`,
    `\ufeff\n  <gpx>${body}</gpx>`,
    body,
  ]) {
    expect(lats(text)).toEqual([[[1.5, 2.5, 3.5]]]);
    expect(read(text).warnings).toEqual([]);
  }
});

test('positions that are no decimal numbers are left out with a warning, and their times count', () => {
  for (const rest of ['', far]) {
    for (const bad of ['37,12', 'NaN', 'Infinity', '', 'undefined', '1.2.3', '--1', '123456789012345678']) {
      const text = gpx(
        trk(`<trkpt lat="${bad}" lon="8"><time>2020-01-01T00:00:00Z</time></trkpt>${points(1, 2)}${rest}`),
      );
      const reading = read(text);
      if (bad.length < 18) expect([bad, reading.activities[0].tracks.length]).toEqual([bad, 1]);
      expect([bad, reading.points]).toEqual([bad, rest ? 23 : 2]);
      expect(reading.first).toBe(Date.UTC(2020, 0, 1));
      expect(reading.warnings).toEqual([expect.stringMatching(/^1 points left out: found/)]);
    }
  }
  const {points: count, warnings} = read(gpx(trk('<trkpt lat="1"/><trkpt lon="1"/><trkpt/>')));
  expect([count, warnings[0]]).toEqual([
    0,
    '3 points left out: found <trkpt lat="1"/>, expected latitude and longitude in decimal degrees',
  ]);
});

test('positions off the Earth are left out and break the track, as pause markers want', () => {
  const pause = '<trkpt lat="100.0" lon="0.0"><time>2024-05-01T06:00:02Z</time></trkpt>';
  for (const rest of ['', far]) {
    const reading = read(gpx(trk(`${points(1, 2)}${pause}<trkpt lat="200" lon="0"/>${points(5, 6)}${rest}`)));
    expect(reading.activities[0].tracks.map(({lat}) => lat.length)).toEqual([2, rest ? 23 : 2]);
    expect(reading.warnings[0]).toContain('2 points left out: found latitude 100, longitude 0');
  }
});

test('±90, ±180 and 0/0 are positions', () => {
  expect(
    read(gpx(trk('<trkpt lat="-90" lon="180"/><trkpt lat="90" lon="-180"/><trkpt lat="0" lon="0"/>'))).points,
  ).toBe(3);
});

test('routes are routes, and their points are not counted', () => {
  const route = '<rte><name>Plan</name><rtept lat="1" lon="2"><name>A</name></rtept><rtept lat="3" lon="4"/></rte>';
  const reading = read(gpx(`<wpt lat="9" lon="9"><name>Hut</name></wpt>${route}${trk(points(1, 2))}`));
  expect(reading.points).toBe(2);
  expect(reading.activities.map(({kind, name, tracks}) => [kind, name, tracks[0].lat.length])).toEqual([
    ['route', 'Plan', 2],
    ['activity', '', 2],
  ]);
});

test('a file of waypoints alone is no activity, an empty track is an activity without tracks', () => {
  expect(read(gpx('<wpt lat="1" lon="2"/>'))).toMatchObject({
    outcome: 'not-activity',
    reason: 'found no <trk> and no <rte>, but 1 <wpt>, expected a track or a route',
  });
  expect(read(gpx('<trk><name>Pool</name><trkseg/></trk>')).activities).toEqual([
    expect.objectContaining({name: 'Pool', tracks: []}),
  ]);
});

test('names have entities and CDATA resolved; text that is not escaped does no harm', () => {
  const names = (inner: string) => read(gpx(inner)).activities.map(({name}) => name);
  expect(names(trk(points(1, 2), '<name>Tom &amp; Ann &#x1F6B2;</name>'))).toEqual(['Tom & Ann 🚲']);
  expect(names(trk(points(1, 2), '<name><![CDATA[Tom & <Ann>]]></name>'))).toEqual(['Tom & <Ann>']);
  expect(names(trk(points(1, 2), '<name>Tom & <angry> Ann\u0001</name><type>Run & Ride</type>'))).toEqual([
    'Tom & <angry> Ann',
  ]);
  expect(read(gpx(trk(points(1, 2), '<name>a < b</name><desc>5 < 6 "and\' more</desc>'))).points).toBe(2);
});

test('names of links, points, waypoints and authors are not those of the track', () => {
  const link = '<link href="x"><text>Site</text><name>Site</name><type>text/html running</type></link>';
  const body = `<metadata><name>File</name><author><name>Me</name></author></metadata>${trk(points(1, 1), `${link}<type>hiking</type>`)}`;
  expect(read(gpx(body)).activities[0]).toMatchObject({name: 'File', sport: 'hike'});
  // The name of a file of many tracks is not that of each.
  expect(read(gpx(body + trk(points(1, 1)))).activities.map(({name}) => name)).toEqual(['', '']);
  const point = '<trkpt lat="1" lon="2"><name>P</name><type>running</type></trkpt>';
  expect(read(gpx(trk(point))).activities[0]).toMatchObject({name: '', sport: 'other'});
});

test('names in windows-1251, windows-1252 and Shift_JIS are decoded as declared', () => {
  const named = (encoding: string, bytes: number[]) => {
    const [before, behind] = gpx(trk(points(1, 2), '<name>|</name>'))
      .replace('UTF-8', encoding)
      .split('|');
    const reading = readGpx(Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(behind)]));
    return [reading.activities[0].name, reading.points];
  };
  expect(named('windows-1251', [0xc1, 0xe5, 0xe3])).toEqual(['Бег', 2]);
  expect(named('windows-1252', [0x80, 0x20, 0x93])).toEqual(['€ “', 2]);
  expect(named('Shift_JIS', [0x8e, 0x52])).toEqual(['山', 2]);
});

test('text in an 8-bit encoding is decoded as declared', () => {
  const text = gpx(trk(points(1, 2), '<name>Zürich</name>')).replace('UTF-8', 'ISO-8859-1');
  expect(read(text, 'latin1').activities[0].name).toBe('Zürich');
});

test('virtual is told by the type and by the program', () => {
  expect(read(gpx(trk(points(1, 2), '<type>VirtualRide</type>'))).activities[0]).toMatchObject({
    sport: 'ride',
    virtual: true,
  });
  const zwift = gpx(trk(points(1, 2), '<type>ride</type>')).replace('Test 1', 'Zwift');
  expect(read(zwift).activities[0]).toMatchObject({sport: 'ride', virtual: true});
});

test('the zone of local time is told where a time has one', () => {
  const zoned = gpx(trk('<trkpt lat="1" lon="2"><time>2024-05-01T08:00:01.5+02:00</time></trkpt>'));
  expect(read(zoned).activities[0].zone).toBe(120);
  expect(read(gpx(trk(points(1, 2)))).activities[0].zone).toBeUndefined();
});

test('a track inside a comment, CDATA or an entity is no track', () => {
  expect(lats(gpx(`<!-- ${trk(points(1, 2))} -->${trk(points(3, 4))}`))).toEqual([[[3.5, 4.5]]]);
  expect(lats(gpx(`<desc><![CDATA[${trk(points(1, 2))}]]></desc>${trk(points(3, 4))}`))).toEqual([[[3.5, 4.5]]]);
  const entities = `<!DOCTYPE gpx [<!ENTITY a '${trk('<trkpt lat="1" lon="2"/>')}'><!ENTITY x SYSTEM "file:///etc/hostname">]>`;
  const reading = read(`${entities}<gpx>&a;${trk(points(3, 4), '<name>&x;</name>')}</gpx>`);
  expect(reading.points).toBe(2);
  expect(reading.activities[0].name).toBe('&x;');
});

test('a comment inside or between points hides only what is in it', () => {
  const hidden = `${points(1, 1)}<!-- ${points(2, 3)} -->${points(4, 5)}`;
  for (const rest of ['', far]) expect(lats(gpx(trk(hidden + rest)))[0][0].slice(0, 3)).toEqual([1.5, 4.5, 5.5]);
  const inside = '<trkpt lat="1" lon="2"><extensions><!-- </extensions></trkpt> --><a/></extensions></trkpt>';
  for (const rest of ['', far])
    expect(lats(gpx(trk(inside + points(3, 3) + rest)))[0][0].slice(0, 2)).toEqual([1, 3.5]);
});

test('a file cut off anywhere gives every whole point before the cut', () => {
  const whole = gpx(trk(points(1, 4), '<name>Ride</name>'));
  const ends = [...whole.matchAll(/<\/trkpt>/g)].map(({index}) => index + '</trkpt>'.length);
  for (let length = 0; length < whole.length; length++) {
    const reading = read(whole.slice(0, length));
    expect([length, reading.points]).toEqual([length, ends.filter((end) => end <= length).length]);
    if (length > 120)
      expect([length, reading.warnings.length + Number(reading.reason !== undefined) > 0]).toEqual([length, true]);
  }
});

test('a missing end tag loses no point', () => {
  const lost = points(1, 3).replace('</trkpt>', '');
  for (const rest of ['', far]) expect(lats(gpx(trk(lost + rest)))[0][0].slice(0, 3)).toEqual([1.5, 2.5, 3.5]);
  const extended = `<trkpt lat="1" lon="2"><extensions><hr>1</hr></trkpt>${points(2, 3)}`;
  for (const rest of ['', far]) expect(lats(gpx(trk(extended + rest)))[0][0].slice(0, 3)).toEqual([1, 2.5, 3.5]);
  expect(lats(gpx(`<trk><trkseg>${points(1, 2)}<trk><trkseg>${points(3, 4)}`))).toEqual([[[1.5, 2.5]], [[3.5, 4.5]]]);
});

test('a damaged start tag loses its own point and no other', () => {
  for (const rest of ['', far]) {
    const broken = `${points(1, 1)}<trkpt lat="2.5" lon="8.<trkpt lat="3.5" lon="8"></trkpt>${points(4, 4)}${rest}`;
    expect(lats(gpx(trk(broken)))[0][0].slice(0, 3)).toEqual([1.5, 3.5, 4.5]);
  }
});

test('blocks of zeros and control characters do no harm', () => {
  const zeros = '\0'.repeat(4096);
  expect(
    lats(gpx(trk(`${points(1, 2)}${zeros}${points(3, 4)}\u0007\u0001${points(5, 5)}${far}`)))[0][0].slice(0, 5),
  ).toEqual([1.5, 2.5, 3.5, 4.5, 5.5]);
});

test('of two documents only the first is read, and what is left out is told', () => {
  const one = gpx(trk(points(1, 2)));
  const reading = read(`${one}\n${one}`);
  expect(reading.points).toBe(2);
  expect(reading.warnings).toEqual([expect.stringContaining('found a second document')]);
  expect(read(`${one}junk`).warnings).toEqual(['found 4 bytes behind </gpx>, expected the end of the file']);
  expect(read(`${one}\n\0\0`).warnings).toEqual([]);
});

test('depth, width and repetition of hostile files cost no stack and little time', () => {
  const deep = 20_000;
  expect(read(gpx(`${'<extensions>'.repeat(deep)}${'</extensions>'.repeat(deep)}${trk(points(1, 2))}`)).points).toBe(2);
  for (const bit of [
    '<trk><name>',
    '<!',
    '<!--',
    '<![CDATA[',
    '<?',
    '<trkpt ',
    '<trkpt lat="',
    '<trkpt lat="1" lon="2"><extensions>',
    "<a b='",
    '&a;',
    '<time>',
    '<',
    '"',
  ]) {
    expect(read(`<gpx>${bit.repeat(100_000)}`).points).toBeLessThan(100_000);
  }
});

test('togeojson finds the same tracks in well-formed files', () => {
  const good = corpus().filter(
    ({set, format, expect: {points = 0, xml_error}}) =>
      set === 'formats' && format === 'gpx' && xml_error === undefined && points > 1 && points < 1500,
  );
  for (const entry of good) {
    const bytes = corpusBytes(entry);
    const text = new TextDecoder(entry.tags?.includes('iso-8859-1') ? 'latin1' : 'utf-8').decode(bytes);
    const theirs = geoJsonOf(parseXmlDocument(text) as never)
      .features.filter(({properties}) => properties?._gpxType === 'trk')
      .map(({geometry}) => linesOf(geometry!));
    const ours = readGpx(bytes)
      .activities.filter(({kind}) => kind === 'activity')
      // togeojson leaves out lines of one point.
      .map(({tracks}) => tracks.filter(({lng}) => lng.length > 1))
      .filter((tracks) => tracks.length > 0)
      .map((tracks) => tracks.map(({lng, lat}) => [...lng].map((x, i) => [x, lat[i]])));
    expect([entry.path, farthest(ours, theirs) < 1e-12]).toEqual([entry.path, true]);
  }
});
