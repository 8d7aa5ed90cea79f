import {expect, test} from 'vitest';
import {read} from '../../../builder/read.ts';
import type {SampleActivity} from '../../../builder/sample/activities.ts';
import {writeFit} from '../../../builder/sample/write-fit.ts';
import {writeGpx} from '../../../builder/sample/write-gpx.ts';
import {writeTcx} from '../../../builder/sample/write-tcx.ts';

/** Three points from a latitude northwards, a minute apart. */
function ride(lat: number): SampleActivity {
  const start = Date.UTC(2024, 4, 1, 6);
  const track = {
    lng: Float64Array.of(8, 8, 8),
    lat: Float64Array.of(lat, lat + 0.001, lat + 0.002),
    time: Float64Array.of(start, start + 60_000, start + 120_000),
    elevation: Float64Array.of(200, 201, 202),
  };
  const told = {
    file: 'ride',
    format: 'fit',
    gzip: false,
    sport: 'ride',
    name: 'Ride',
    start,
    offsetMinutes: 0,
  } as const;
  return {...told, seconds: 120, meters: 222, tracks: [track], distances: [Float64Array.of(0, 111, 222)]};
}

const writers = {
  FIT: writeFit,
  GPX: (activity: SampleActivity) => Buffer.from(writeGpx(activity)),
  TCX: (activity: SampleActivity) => Buffer.from(writeTcx(activity)),
};

test.each(
  Object.keys(writers) as (keyof typeof writers)[],
)('what was read of a %s file stays when the next one is read', (format) => {
  const write = writers[format];
  const [{tracks}] = read(write(ride(47))).activities;
  const [next] = read(write(ride(-33))).activities;
  expect([...tracks[0].lat].map((lat) => Number(lat.toFixed(4)))).toEqual([47, 47.001, 47.002]);
  expect([...next.tracks[0].lat].map((lat) => Number(lat.toFixed(4)))).toEqual([-33, -32.999, -32.998]);
});
