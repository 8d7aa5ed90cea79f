import {expect, test} from 'vitest';
import {isNmea, readNmea} from '../../../builder/read/nmea.ts';

const sentence = (body: string) => {
  let sum = 0;
  for (let i = 0; i < body.length; i++) sum ^= body.charCodeAt(i);
  return `$${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}\r\n`;
};
const rmc = (clock: string, lat: string, date = '010524', status = 'A') =>
  sentence(`GPRMC,${clock},${status},${lat},N,00830.0000,W,1.0,0.0,${date},,`);
const gga = (clock: string, lat: string, elevation: number | string = 400, fix = 1) =>
  sentence(`GPGGA,${clock},${lat},S,00830.0000,E,${fix},05,1.0,${elevation},M,48.0,M,,`);
const read = (...sentences: string[]) => readNmea(Buffer.from(sentences.join('')));

test('sentences of one moment are one point with time, position and elevation', () => {
  const text = [rmc('060001.00', '4730.0000'), gga('060001.00', '4730.0000', 401.5), rmc('060002.50', '4736.0000')];
  const {activities, points, first, last} = read(...text);
  expect([points, first, last]).toEqual([2, Date.UTC(2024, 4, 1, 6, 0, 1), Date.UTC(2024, 4, 1, 6, 0, 2, 500)]);
  const [track] = activities[0].tracks;
  expect([...track.elevation]).toEqual([401.5, Number.NaN]);
  // South and east are what the last sentence of the moment says.
  expect([...track.lat]).toEqual([-47.5, 47.6]);
  expect([...track.lng]).toEqual([8.5, -8.5]);
});

test('a GGA before the first RMC gets its date, one behind midnight the next day', () => {
  const {activities} = read(
    gga('235958', '4730.0'),
    gga('235959', '4730.1'),
    rmc('235959', '4730.1', '311224'),
    gga('000000', '4730.2'),
    gga('000001', '4730.3'),
    rmc('000001', '4730.3', '010125'),
  );
  const midnight = Date.UTC(2025, 0, 1);
  expect([...activities[0].tracks[0].time]).toEqual([-2000, -1000, 0, 1000].map((ms) => midnight + ms));
});

test('what stands before midnight, and the first date behind it, is of the day before', () => {
  const {activities} = read(gga('235958', '4730.0'), gga('235959', '4730.1'), rmc('000001', '4730.3', '010125'));
  const midnight = Date.UTC(2025, 0, 1);
  expect([...activities[0].tracks[0].time]).toEqual([-2000, -1000, 1000].map((ms) => midnight + ms));
});

test('without any date there are no times', () => {
  const {first, points} = read(gga('060001', '4730.0'), gga('060002', '4730.1'));
  expect([points, first]).toEqual([2, Number.NaN]);
});

test('moments without a fix and sentences with a wrong checksum are left out', () => {
  const reading = read(
    rmc('060001', '4730.0', '010524', 'V'),
    gga('060002', '4730.0', 400, 0),
    rmc('060003', '4730.0').replace(/\*../, '*ZZ').replace('ZZ', '00'),
    rmc('060004', '4730.0'),
    'noise $GPRMC,,,\r\n',
  );
  expect([reading.points, reading.first]).toEqual([1, Date.UTC(2024, 4, 1, 6, 0, 4)]);
  expect(reading.warnings).toEqual(['1 sentences left out: found a wrong checksum, expected that of the sentence']);
  expect(read(rmc('060001', '', '010524', 'V'))).toMatchObject({outcome: 'not-activity', points: 0});
});

test('a log is known by a sentence with a position, also behind other text', () => {
  expect(isNmea(Buffer.from(`@log\r\n${rmc('060001', '4730.0')}`))).toBe(true);
  expect(isNmea(Buffer.from('$GPGSV,1,1,00*79\r\n'))).toBe(false);
  expect(isNmea(Buffer.from('price $RMC, or so'))).toBe(false);
});
