import type {Sport} from '../../core/sports.ts';

/** Why an activity is in the library although it is not an ordinary one. */
export type Special =
  /** On another continent, in another time zone. */
  | 'far'
  /** Ten minutes at a café. */
  | 'stop'
  /** Ten times around the same park. */
  | 'laps'
  | 'out-and-back'
  /** Recorded by two devices, in two formats. */
  | 'twin'
  /** There twice: equal bytes under another name. */
  | 'copy'
  /** Indoors, without any position. */
  | 'treadmill'
  /** Minutes without points while moving on. */
  | 'tunnel'
  /** The timer was stopped for a while. */
  | 'pause'
  /** 200 metres. */
  | 'short';

/** Places to start from, in metres east and north of the town's centre. */
export const places = {
  home: [-760, 470],
  work: [1500, -1450],
  friends: [1450, 1750],
  valley: [7300, -2900],
  north: [4300, 6200],
  south: [4600, -6800],
  vineyards: [-9300, 6000],
} as const;

export type Place = keyof typeof places;

/** Where an outing goes: `bearing` in compass degrees, `km` the length aimed at. */
export type Course =
  /** Around and back to the start, by a circle on that side of it. */
  | {kind: 'loop'; bearing: number; km: number}
  /** To a quarter `out` kilometres away, up and down its streets, and back. */
  | {kind: 'wander'; bearing: number; out: number; km: number}
  | {kind: 'back'; bearing: number; km: number}
  | {kind: 'through'; to: Place}
  | {kind: 'laps'; laps: number}
  | {kind: 'stage'; stage: number}
  | {kind: 'indoor'};

/** How an activity is written: the ending of its file. */
export type FileKind = 'fit' | 'fit.gz' | 'gpx' | 'gpx.gz' | 'tcx';

/** One outing as planned; `start` is local time, `YYYY-MM-DD HH:MM`. */
export type Outing = {
  start: string;
  sport: Sport;
  as: FileKind;
  name: string;
  from: Place;
  course: Course;
  special?: Special;
};

const ride = outing('ride');
const gravel = outing('gravel');
const mountainBike = outing('mountain-bike');
const run = outing('run');
const trailRun = outing('trail-run');
const hike = outing('hike');
const walk = outing('walk');

/** Three years of outings, in order of time. */
export const plan: Outing[] = [
  ride('2023-01-15 10:50', 'tcx', 'First ride of the year', 'home', loop(265, 32)),
  run('2023-02-05 09:40', 'fit', 'Cold morning run', 'home', wander(145, 0.9, 9)),
  ride('2023-02-26 11:15', 'fit', 'Every street of the south', 'home', wander(158, 2.3, 34)),
  ride('2023-03-19 10:05', 'gpx', 'Wind & rain', 'home', loop(200, 45)),
  run('2023-03-30 12:10', 'gpx', 'Lunch run along the river', 'work', back(285, 9)),
  ride('2023-04-08 09:30', 'tcx', 'Spring ride to the vineyards', 'home', loop(300, 52)),
  gravel('2023-04-29 15:20', 'fit', 'Forest tracks', 'home', loop(75, 28)),
  run('2023-05-04 19:10', 'tcx', 'Evening run', 'home', loop(30, 8)),
  ride('2023-05-14 08:20', 'fit', 'Long loop through the plain', 'home', loop(240, 64), 'copy'),
  hike('2023-05-28 10:00', 'gpx', 'Northern hills', 'north', loop(75, 13)),
  ride('2023-06-03 18:05', 'tcx', 'Evening ride', 'home', wander(345, 1.5, 25)),
  run('2023-06-14 18:30', 'fit', 'Ten laps around the park', 'home', {kind: 'laps', laps: 10}, 'laps'),
  ride('2023-06-25 07:10', 'gpx.gz', 'Midsummer ride', 'home', loop(185, 78)),
  ride('2023-07-16 09:00', 'fit', 'Café ride', 'home', loop(215, 48), 'stop'),
  run('2023-08-02 07:15', 'tcx', 'Before the heat', 'home', loop(150, 10)),
  ride('2023-08-20 08:45', 'tcx', 'Three villages', 'home', loop(275, 58)),
  ride('2023-09-10 10:30', 'gpx', 'Up the valley and back', 'home', back(112, 40), 'out-and-back'),
  hike('2023-10-01 09:50', 'fit', 'Above the valley', 'valley', loop(40, 14)),
  gravel('2023-10-07 14:00', 'gpx', 'Leaves and mud', 'home', loop(45, 26)),
  run('2023-10-22 10:10', 'tcx', 'Sunday run', 'home', loop(220, 12)),
  trailRun('2023-11-26 10:40', 'fit.gz', 'First snow on the hill', 'home', loop(85, 12)),
  ride('2023-12-03 13:00', 'tcx', 'Every street of the west', 'home', wander(258, 1.7, 32)),
  run('2024-01-14 11:00', 'gpx', 'Streets of the old town', 'home', wander(115, 0.8, 9)),
  ride('2024-01-28 11:30', 'fit.gz', 'Every street of the east', 'home', wander(98, 2.2, 34)),
  ride('2024-02-10 09:20', 'fit', 'Rail trail, day 1', 'home', {kind: 'stage', stage: 0}, 'far'),
  ride('2024-02-11 09:05', 'gpx', 'Rail trail, day 2', 'home', {kind: 'stage', stage: 1}, 'far'),
  ride('2024-02-12 08:50', 'fit', 'Rail trail, day 3', 'home', {kind: 'stage', stage: 2}, 'far'),
  run('2024-03-02 16:00', 'fit', 'Met a friend', 'home', loop(330, 9), 'pause'),
  ride('2024-03-24 10:20', 'tcx', 'Sunday ride', 'home', loop(310, 41)),
  run('2024-04-11 12:15', 'tcx', 'Lunch run', 'work', wander(250, 1.0, 8)),
  ride('2024-04-20 09:10', 'fit', 'Over the first pass', 'home', loop(160, 55)),
  ride('2024-05-09 10:00', 'fit', 'Holiday ride', 'home', loop(225, 36), 'twin'),
  hike('2024-05-19 09:30', 'gpx', 'Southern hills', 'south', loop(110, 12)),
  ride('2024-05-26 07:40', 'gpx.gz', 'To the big river', 'home', loop(285, 72)),
  run('2024-06-06 18:45', 'gpx', 'Run with friends', 'friends', loop(50, 8)),
  gravel('2024-06-16 08:30', 'gpx.gz', 'Gravel beyond the valley', 'home', loop(135, 34)),
  ride('2024-07-07 07:30', 'fit', 'Northern loop', 'home', loop(5, 60)),
  run('2024-07-25 06:40', 'tcx', 'Early run', 'home', loop(190, 6)),
  ride('2024-08-04 09:00', 'gpx', 'Through the old railway tunnel', 'home', loop(105, 50), 'tunnel'),
  hike('2024-08-25 09:15', 'fit', 'Vineyard walk', 'vineyards', loop(280, 9)),
  ride('2024-09-15 10:00', 'tcx', 'Autumn light', 'home', wander(205, 2.6, 36)),
  trailRun('2024-09-28 09:00', 'gpx', 'Ridge run', 'north', loop(80, 14)),
  hike('2024-10-06 09:40', 'fit', 'From valley to valley', 'valley', {kind: 'through', to: 'north'}),
  mountainBike('2024-10-20 13:30', 'gpx', 'Single trails', 'home', loop(85, 22)),
  ride('2024-11-10 13:15', 'tcx', 'Every street of the north', 'home', wander(32, 2.3, 34)),
  run('2024-11-28 19:00', 'fit', 'Treadmill', 'home', {kind: 'indoor'}, 'treadmill'),
  run('2024-12-26 11:20', 'tcx', 'After the feast', 'home', loop(300, 10)),
  run('2025-02-02 10:30', 'tcx', 'Grey Sunday', 'home', loop(120, 11)),
  ride('2025-03-09 10:45', 'gpx', 'First warm day', 'home', loop(260, 50)),
  run('2025-03-27 12:05', 'fit', 'Lunch run through the lanes', 'work', wander(20, 1.1, 9)),
  ride('2025-04-27 08:10', 'tcx', 'Southern loop', 'home', loop(190, 62)),
  run('2025-05-15 18:20', 'gpx', 'River run', 'home', back(290, 13)),
  hike('2025-05-25 09:00', 'gpx', 'The southern summit', 'south', loop(60, 15)),
  ride('2025-06-01 06:50', 'fit.gz', 'Eighty kilometres', 'home', loop(330, 80)),
  run('2025-06-19 19:00', 'tcx', 'Evening with friends', 'friends', wander(215, 0.8, 8)),
  ride('2025-07-20 07:20', 'gpx', 'Past the lake', 'home', loop(250, 68)),
  hike('2025-08-03 08:40', 'fit', 'Before the storm', 'north', loop(30, 11)),
  walk('2025-08-10 21:30', 'gpx', 'Around the block', 'home', back(60, 0.2), 'short'),
  run('2025-08-21 06:30', 'tcx', 'Sunrise run', 'home', loop(60, 10)),
  ride('2025-09-07 09:25', 'tcx', 'Apple season', 'home', loop(210, 54)),
  run('2025-10-05 09:30', 'gpx.gz', 'Fifteen kilometres', 'home', loop(180, 15)),
  hike('2025-10-26 10:10', 'fit', 'Fog in the valley', 'valley', loop(200, 10)),
  run('2025-11-16 10:00', 'tcx', 'All the little streets', 'home', wander(320, 0.9, 10)),
];

function outing(sport: Sport) {
  return (start: string, as: FileKind, name: string, from: Place, course: Course, special?: Special): Outing => ({
    start,
    sport,
    as,
    name,
    from,
    course,
    special,
  });
}

function loop(bearing: number, km: number): Course {
  return {kind: 'loop', bearing, km};
}

function wander(bearing: number, out: number, km: number): Course {
  return {kind: 'wander', bearing, out, km};
}

function back(bearing: number, km: number): Course {
  return {kind: 'back', bearing, km};
}
