import FitParser from 'fit-file-parser';
import {expect, test} from 'vitest';
import {readFit} from '../../../builder/read/fit.ts';
import {corpus, corpusBytes} from '../../support/corpus.ts';
import {
  compressed,
  define,
  fileId,
  fitFile,
  message,
  newYear,
  place,
  record,
  recordDefinition,
  session,
  text,
  timer,
  u8,
  u16,
  u32,
} from '../../support/fit-bytes.ts';

/** A ride of three points in a straight line, ten seconds apart. */
const three = [record(0, 8, 48), record(10, 8.001, 48), record(20, 8.002, 48)];
const ride = [...fileId(), recordDefinition, ...three, ...session(0, 2)];

const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const lengths = (bytes: Uint8Array) => readFit(bytes).activities.map(({tracks}) => tracks.map(({lng}) => lng.length));

test('an activity has its positions in degrees, times in ms and heights in metres', () => {
  const reading = readFit(fitFile(ride));
  expect(reading).toMatchObject({format: 'fit', points: 3, first: newYear.ms, last: newYear.ms + 20_000, warnings: []});
  expect(reading.reason).toBeUndefined();
  const [activity] = reading.activities;
  expect(activity).toMatchObject({kind: 'activity', sport: 'ride', virtual: false, device: 'Garmin 3121'});
  expect(activity.start).toBe(newYear.ms);
  const [track] = activity.tracks;
  expect(track.lng[1]).toBeCloseTo(8.001, 6);
  expect(track.lat[1]).toBeCloseTo(48, 6);
  expect([...track.time]).toEqual([0, 10_000, 20_000].map((ms) => newYear.ms + ms));
  expect([...track.elevation]).toEqual([430, 430, 430]);
});

test('a header of 12 bytes and one without checksum read the same', () => {
  const usual = readFit(fitFile(ride));
  expect(readFit(fitFile(ride, {headerSize: 12}))).toEqual(usual);
  expect(readFit(fitFile(ride, {checksum: 0}))).toEqual(usual);
});

test('big-endian definitions read the same', () => {
  const big = define(1, 20, '253:4 0:4 1:4 2:2', {big: true});
  // Each record is its type and values of 4, 4, 4 and 2 bytes.
  const turn = ([type, ...bytes]: number[]) => [
    type,
    ...[0, 4, 8, 12].flatMap((at) => bytes.slice(at, Math.min(at + 4, 14)).reverse()),
  ];
  expect(readFit(fitFile([...fileId(), big, ...three.map(turn), ...session(0, 2)]))).toEqual(readFit(fitFile(ride)));
});

test('a local type can be defined anew', () => {
  const later = [define(1, 20, '0:4 1:4 253:4'), message(1, place(48), place(8.003), u32(newYear.fit + 30))];
  const [track] = readFit(fitFile([...ride.slice(0, -2), ...later])).activities[0].tracks;
  expect(track.lng[3]).toBeCloseTo(8.003, 6);
  expect(track.time[3]).toBe(newYear.ms + 30_000);
  expect(track.elevation[3]).toBeNaN();
});

test('developer fields are skipped by their size', () => {
  const fields = define(1, 20, '253:4 0:4 1:4 2:2', {developer: '0:3 1:2'});
  const records = three.map((each) => [...each, 1, 2, 3, 4, 5]);
  expect(readFit(fitFile([...fileId(), fields, ...records, ...session(0, 2)]))).toEqual(readFit(fitFile(ride)));
});

test('five bits of a compressed header count on from the last full time', () => {
  const places = define(2, 20, '0:4 1:4');
  const at = (seconds: number) => compressed(2, newYear.fit + seconds, place(48), place(8));
  const messages = [...fileId(), recordDefinition, three[0], places, at(1), at(20), at(45), at(70)];
  const [{tracks}] = readFit(fitFile(messages)).activities;
  expect([...tracks[0].time].map((time) => (time - newYear.ms) / 1000)).toEqual([0, 1, 20, 45, 70]);
  // Without a full time before them they tell nothing.
  const {activities, first} = readFit(fitFile([...fileId(), places, at(1), at(2)]));
  expect(activities[0].tracks[0].time[1]).toBeNaN();
  expect(first).toBeNaN();
});

test('a wrong checksum is a warning', () => {
  const reading = readFit(fitFile(ride, {checksum: 7}));
  expect(reading.points).toBe(3);
  expect(reading.warnings).toEqual([expect.stringMatching(/^found checksum 7, expected \d+$/)]);
});

test('a file that is cut off keeps what precedes', () => {
  const whole = fitFile([...fileId(), recordDefinition, ...three]);
  const reading = readFit(whole.subarray(0, whole.length - 2 - 5));
  expect(reading.points).toBe(2);
  expect(reading.warnings.join()).toContain('bytes of the last message');
});

test('sizes of 0 and beyond the file are not believed', () => {
  const usual = readFit(fitFile(ride));
  for (const damage of [{dataSize: 0}, {dataSize: 4_294_967_280}, {headerSizeByte: 0}, {headerSizeByte: 255}]) {
    const reading = readFit(fitFile(ride, damage));
    expect(reading.activities).toEqual(usual.activities);
    expect(reading.points).toBe(3);
  }
  expect(readFit(fitFile(ride, {dataSize: 0})).warnings).toEqual([expect.stringContaining('the header says 0 bytes')]);
  expect(readFit(fitFile(ride, {headerSize: 12, headerSizeByte: 0})).points).toBe(3);
});

test('a size of an earlier moment is not the end of the messages', () => {
  const early = [...fileId(), recordDefinition, three[0]].flat().length;
  const reading = readFit(fitFile(ride, {dataSize: early}));
  expect(reading.points).toBe(3);
  expect(reading.warnings.join()).toContain('messages go on');
});

test('a lost header is made up for by the message behind it', () => {
  const bytes = fitFile(ride);
  bytes.fill(0, 0, 14);
  expect(readFit(bytes).points).toBe(3);
});

test('each file of a chain is an activity of its own, but for settings', () => {
  const bytes = join(fitFile(ride), fitFile([...fileId(2)]), fitFile(ride, {headerSize: 12}));
  const reading = readFit(bytes);
  expect(reading.activities).toHaveLength(2);
  expect(reading.points).toBe(6);
  expect(reading.warnings).toEqual([]);
});

test('a chain with sizes of 0 is told apart by its headers', () => {
  const bytes = join(fitFile(ride, {dataSize: 0}), fitFile(ride, {dataSize: 0}));
  expect(lengths(bytes)).toEqual([[3], [3]]);
});

test('a chain is found again behind a damaged link', () => {
  const damaged = fitFile(ride, {signature: '.GIT'});
  expect(lengths(join(fitFile(ride), damaged, fitFile(ride)))).toEqual([[3], [3]]);
  expect(readFit(join(fitFile(ride), damaged)).warnings).toEqual([
    expect.stringMatching(/^found \d+ bytes behind the data/),
  ]);
});

test('zeros and blanks of erased memory behind the data are no fault', () => {
  const padding = new Uint8Array(600);
  expect(readFit(join(fitFile(ride), padding)).warnings).toEqual([]);
  expect(readFit(join(fitFile(ride), padding.fill(0xff))).warnings).toEqual([]);
});

test('what stands before a message without definition is kept', () => {
  const reading = readFit(fitFile([...fileId(), recordDefinition, three[0], three[1], [0x0b, 1, 2, 3], three[2]]));
  expect(reading.points).toBe(2);
  expect(reading.warnings).toEqual([expect.stringContaining('found message type 11')]);
});

test('records without a position are no points; positions off the Earth are a warning', () => {
  const invalid = message(1, u32(newYear.fit - 50), u32(0x7fffffff), u32(0x7fffffff), u16(0xffff));
  const reading = readFit(fitFile([...fileId(), recordDefinition, invalid, ...three, record(30, 8, 95)]));
  expect(reading.points).toBe(3);
  expect(reading.first).toBe(newYear.ms);
  expect(reading.warnings).toEqual([expect.stringMatching(/^1 points left out/)]);
});

test('enhanced altitude is preferred, and an invalid one is none', () => {
  const fields = define(1, 20, '253:4 0:4 1:4 2:2 78:4');
  const high = [...record(0, 8, 48), ...u32((2100 + 500) * 5)];
  const low = [...record(1, 8, 48), ...u32(0xffffffff)];
  const none = message(1, u32(newYear.fit + 2), place(48), place(8), u16(0xffff), u32(0xffffffff));
  const [track] = readFit(fitFile([...fileId(), fields, high, low, none])).activities[0].tracks;
  expect([...track.elevation]).toEqual([2100, 430, Number.NaN]);
});

test('seconds since power-on are no dates', () => {
  const early = message(1, u32(1234), place(48), place(8), u16(4650));
  const {activities, points, first} = readFit(fitFile([...fileId(), recordDefinition, early]));
  expect(points).toBe(1);
  expect(activities[0].tracks[0].time[0]).toBeNaN();
  expect(first).toBeNaN();
});

test('a multisport file is one activity per session, wherever the sessions stand', () => {
  const records = [0, 10, 100, 110, 120, 200].map((s) => record(s, 8 + s / 10_000, 48));
  const sessions = [...session(0, 5, 18), ...session(100, 2), ...session(200, 1)];
  for (const messages of [
    [...records, ...sessions],
    [...sessions, ...records],
  ]) {
    const {activities, points} = readFit(fitFile([...fileId(), recordDefinition, ...messages]));
    expect(activities.map(({sport}) => sport)).toEqual(['swim', 'ride', 'run']);
    expect(activities.map(({tracks}) => tracks[0].lng.length)).toEqual([2, 3, 1]);
    expect(activities.map(({start}) => start - newYear.ms)).toEqual([0, 100_000, 200_000]);
    expect(points).toBe(6);
  }
});

test('a session that was written twice is one activity', () => {
  expect(lengths(fitFile([...ride, ...session(0, 2)]))).toEqual([[3]]);
});

test('sessions without a start own the records before them', () => {
  const fields = define(2, 18, '5:1 6:1');
  const ended = (sport: number) => message(2, u8(sport), u8(0));
  const messages = [...fileId(), recordDefinition, fields, three[0], ended(5), three[1], three[2], ended(2)];
  const {activities} = readFit(fitFile(messages));
  expect(activities.map(({sport, tracks}) => [sport, tracks[0].lng.length])).toEqual([
    ['swim', 1],
    ['ride', 2],
  ]);
});

test('a real pause of the timer breaks the track; a traffic light does not', () => {
  const before = [record(0, 8, 48), record(10, 8.001, 48)];
  const paused = (seconds: number, lng: number) =>
    fitFile([
      ...fileId(),
      recordDefinition,
      ...timer(0, 0),
      ...before,
      ...timer(10, 4),
      ...timer(10 + seconds, 0),
      record(10 + seconds, lng, 48),
      record(20 + seconds, lng + 0.001, 48),
      ...timer(20 + seconds, 9),
      ...session(0, 2),
    ]);
  expect(lengths(paused(3600, 8.001))).toEqual([[2, 2]]);
  expect(lengths(paused(30, 8.0011))).toEqual([[4]]);
  // A lift: half a minute, but 300 m further on.
  expect(lengths(paused(30, 8.005))).toEqual([[2, 2]]);
  expect(lengths(paused(0, 8.002))).toEqual([[4]]);
});

test('a device that goes on recording while its timer stands still leaves no gap', () => {
  const records = Array.from({length: 40}, (_, i) => record(i * 5, 8, 48));
  const messages = [...fileId(), recordDefinition, ...timer(0, 0), ...records, ...timer(20, 4), ...timer(180, 0)];
  expect(lengths(fitFile(messages))).toEqual([[40]]);
});

test('sport and virtual come from the session, else from the sport or lap message', () => {
  const sportOf = (...messages: number[][]) => {
    const [{sport, virtual}] = readFit(fitFile([...fileId(), recordDefinition, ...three, ...messages])).activities;
    return [sport, virtual];
  };
  expect(sportOf(...session(0, 2, 8))).toEqual(['mountain-bike', false]);
  expect(sportOf(...session(0, 2, 58))).toEqual(['ride', true]);
  expect(sportOf(...session(0, 1, 1))).toEqual(['run', true]);
  expect(sportOf(...session(0, 1, 3))).toEqual(['trail-run', false]);
  expect(sportOf(define(2, 12, '0:1 1:1'), [2, 17, 0])).toEqual(['hike', false]);
  expect(sportOf(define(2, 19, '25:1 39:1'), [2, 11, 0])).toEqual(['walk', false]);
  expect(sportOf()).toEqual(['other', false]);
});

test('the activity message tells the local time', () => {
  const fields = define(2, 34, '253:4 5:4');
  const zoneOf = (ahead: number) => {
    const activity = message(2, u32(newYear.fit), u32(newYear.fit + ahead));
    return readFit(fitFile([...ride, fields, activity])).activities[0].zone;
  };
  expect(zoneOf(7200)).toBe(120);
  expect(zoneOf(-34_199)).toBe(-570);
  expect(zoneOf(400)).toBeUndefined();
  expect(readFit(fitFile(ride)).activities[0].zone).toBeUndefined();
});

test('a course is a route with its name, and its records are counted', () => {
  const course = [define(2, 31, '4:1 5:8'), message(2, u8(2), text('Jura\0xyz'))];
  const reading = readFit(fitFile([...fileId(6), ...course, recordDefinition, ...three]));
  expect(reading.points).toBe(3);
  expect(reading.activities).toEqual([expect.objectContaining({kind: 'route', name: 'Jura', sport: 'ride'})]);
});

test('files of other types are no activities, and say what they are', () => {
  expect(readFit(fitFile(fileId(2)))).toMatchObject({
    outcome: 'not-activity',
    reason: 'found a FIT file of type settings, expected an activity or a course',
    activities: [],
  });
  for (const type of [5, 9, 15, 32]) expect(readFit(fitFile(fileId(type))).outcome).toBe('not-activity');
});

test('a header alone has failed; a session alone is an activity without tracks', () => {
  expect(readFit(fitFile(ride).subarray(0, 14))).toMatchObject({outcome: 'failed', points: 0, activities: []});
  expect(readFit(fitFile([...fileId(), ...session(0, 2)])).activities).toEqual([
    expect.objectContaining({sport: 'ride', tracks: []}),
  ]);
});

test('fit-file-parser finds the same positions and times in good files', async () => {
  const good = corpus().filter(
    ({set, format, decoders, expect: {chain, points}}, i) =>
      set !== 'broken' &&
      format === 'fit' &&
      decoders === 'agree' &&
      chain === 1 &&
      points! > 0 &&
      (set === 'formats' || i % 16 === 0),
  );
  for (const entry of good) {
    const bytes = corpusBytes(entry);
    const {records = []} = await new FitParser({force: true, mode: 'list'}).parseAsync(Buffer.from(bytes));
    const theirs = records
      .filter(({position_lat, position_long}) => position_lat !== undefined && position_long !== undefined)
      .map(({timestamp, position_lat, position_long}) => [Number(new Date(timestamp!)), position_lat!, position_long!]);
    const ours = readFit(bytes).activities.flatMap(({tracks}) =>
      tracks.flatMap(({time, lat, lng}) => [...time].map((ms, i) => [ms, lat[i], lng[i]])),
    );
    // Sessions of a clock that stepped back are not in the order of the file.
    for (const list of [ours, theirs]) list.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
    expect([entry.path, ours.length]).toEqual([entry.path, theirs.length]);
    let farthest = 0;
    for (let i = 0; i < ours.length; i++) {
      farthest = Math.max(farthest, Math.abs(ours[i][1] - theirs[i][1]), Math.abs(ours[i][2] - theirs[i][2]));
      if (ours[i][0] !== theirs[i][0]) farthest = Number.POSITIVE_INFINITY;
    }
    expect([entry.path, farthest < 1e-6]).toEqual([entry.path, true]);
  }
});
