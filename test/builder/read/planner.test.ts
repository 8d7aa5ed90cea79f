import {expect, test} from 'vitest';
import {isPlanner} from '../../../builder/read/planner.ts';

test('sites that plan are known, devices and recording programs are none', () => {
  for (const device of [
    'StravaGPX',
    'Garmin Connect',
    'https://www.komoot.de',
    'bikerouter.de 2024.20',
    'BRouter-1.7',
    'MapMyFitness.com',
    'http://ridewithgps.com/',
  ]) {
    expect([device, isPlanner(device)]).toEqual([device, true]);
  }
  for (const device of [
    '',
    'Garmin Edge 530',
    'OpenTracks',
    'OsmAnd 4.2',
    'Wahoo ELEMNT',
    'GPSLogger 92',
    'Locus Map, Android',
  ]) {
    expect([device, isPlanner(device)]).toEqual([device, false]);
  }
});
