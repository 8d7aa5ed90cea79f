import {expect, test} from 'vitest';
import {isVirtualDevice, narrower, sportOfFit, sportOfName, sportOfWord} from '../../../builder/read/sport.ts';

const words = (list: Record<string, string>) => {
  for (const [word, expected] of Object.entries(list)) {
    const {sport, virtual} = sportOfWord(word);
    expect([word, virtual ? `virtual ${sport}` : sport]).toEqual([word, expected]);
  }
};

test('words of Strava, Garmin, Komoot and others name a sport', () => {
  words({
    Ride: 'ride',
    cycling: 'ride',
    Biking: 'ride',
    road_biking: 'ride',
    racebike: 'ride',
    CYCLING_SPORT: 'ride',
    HKWorkoutActivityTypeCycling: 'ride',
    MountainBikeRide: 'mountain-bike',
    'mountain biking': 'mountain-bike',
    mtb_easy: 'mountain-bike',
    gravel_biking: 'gravel',
    GravelRide: 'gravel',
    EBikeRide: 'e-bike',
    ebikeride: 'e-bike',
    e_bike_fitness: 'e-bike',
    EMountainBikeRide: 'e-bike',
    Running: 'run',
    track_running: 'run',
    trail_running: 'trail-run',
    TrailRun: 'trail-run',
    Hike: 'hike',
    Snowshoe: 'hike',
    casual_walking: 'walk',
    'nordic walking': 'walk',
    resort_skiing: 'ski',
    BackcountrySki: 'ski',
    NordicSki: 'nordic-ski',
    cross_country_skiing_ws: 'nordic-ski',
    'Cross Country Skiing': 'nordic-ski',
    resort_snowboarding: 'snowboard',
    inline_skating: 'skate',
    open_water_swimming: 'swim',
    Rowing: 'row',
    stand_up_paddleboarding_v2: 'paddle',
    Kayaking: 'paddle',
    Windsurf: 'sail',
    'Horseback Riding': 'ride-animal',
    paragliding: 'fly',
    driving_general: 'drive',
    'Outdoor Cycling': 'ride',
  });
});

test('words of other languages are known, with and without accents', () => {
  words({
    Radfahren: 'ride',
    Vélo: 'ride',
    Velo: 'ride',
    'Jazda na rowerze': 'ride',
    Løping: 'run',
    'Course à pied': 'run',
    Бег: 'run',
    Wanderung: 'hike',
    Randonnée: 'hike',
    骑行: 'ride',
    跑步: 'run',
    ランニング: 'run',
    サイクリング: 'ride',
    자전거: 'ride',
    Spaziergang: 'walk',
  });
});

test('Strava numbers are known', () => {
  words({1: 'ride', 9: 'run', 10: 'walk', 4: 'hike', 7: 'nordic-ski', 16: 'swim', 17: 'virtual ride', 18: 'e-bike'});
});

test('trainers, treadmills and virtual worlds are virtual', () => {
  words({
    VirtualRide: 'virtual ride',
    treadmill_running: 'virtual run',
    indoor_cycling: 'virtual ride',
    'Indoor Rowing': 'virtual row',
    Spinning: 'virtual ride',
    elliptical: 'virtual other',
  });
  expect(isVirtualDevice('Zwift')).toBe(true);
  expect(isVirtualDevice('Garmin Edge 530')).toBe(false);
});

test('what names no sport is other', () => {
  words({
    '': 'other',
    Other: 'other',
    unknown: 'other',
    'WM T Double Track': 'other',
    user: 'other',
    'the category': 'other',
  });
  words({['x'.repeat(100_000)]: 'other'});
});

test('FIT numbers name sport and virtual', () => {
  const of = (sport: number, sub: number) => Object.values(sportOfFit(sport, sub));
  expect(of(2, 0)).toEqual(['ride', false]);
  expect(of(2, 255)).toEqual(['ride', false]);
  expect(of(2, Number.NaN)).toEqual(['ride', false]);
  expect(of(2, 46)).toEqual(['gravel', false]);
  expect(of(2, 28)).toEqual(['e-bike', false]);
  expect(of(21, 0)).toEqual(['e-bike', false]);
  expect(of(2, 6)).toEqual(['ride', true]);
  expect(of(1, 45)).toEqual(['run', true]);
  expect(of(12, 42)).toEqual(['nordic-ski', false]);
  expect(of(13, 37)).toEqual(['ski', false]);
  expect(of(37, 0)).toEqual(['paddle', false]);
  expect(of(4, 0)).toEqual(['other', true]);
  expect(of(0, 0)).toEqual(['other', false]);
  expect(of(Number.NaN, Number.NaN)).toEqual(['other', false]);
});

test('the types of Strava in its languages are known', () => {
  words({
    Radfahrt: 'ride',
    'E-Bike-Fahrt': 'e-bike',
    'Gravelbike-Fahrt': 'gravel',
    Mountainbikefahrt: 'mountain-bike',
    'Virtuelle Radfahrt': 'virtual ride',
    'Virtuelles Radfahren': 'virtual ride',
    Lauf: 'run',
    Traillauf: 'trail-run',
    'Sortie à vélo': 'ride',
    'Vélo électrique': 'e-bike',
    Trail: 'trail-run',
    'Trail Ride': 'ride',
    VTT: 'mountain-bike',
    Fietsrit: 'ride',
    Hardloopsessie: 'run',
    Wandeling: 'walk',
    'Virtuele fietsrit': 'virtual ride',
    'Bicicleta de montaña': 'mountain-bike',
    Caminhada: 'walk',
    Trilha: 'hike',
    'Gravel Ride': 'gravel',
    'E-Mountain Bike Ride': 'e-bike',
    ライド: 'ride',
    トレイルラン: 'trail-run',
    バーチャルライド: 'virtual ride',
    越野跑: 'trail-run',
    虚拟骑行: 'virtual ride',
  });
});

test('names tell a sport by the words that are used for it, and by no others', () => {
  const named: Record<string, string | undefined> = {
    'Morning Ride': 'ride',
    'Lunch Trail Run': 'trail-run',
    'Lauf am Abend': 'run',
    'Fahrt am Morgen': undefined,
    Abendlauf: 'run',
    Ochtendrit: 'ride',
    'Move_2019_03_17_10_24_32_Running.fit': 'run',
    'Running 6/1/13 6:32 pm': 'run',
    'Randonnée du dimanche': 'hike',
    晨间骑行: 'ride',
    '2021-10-09': undefined,
    'Route 4': undefined,
    'Train to Basel': undefined,
    'Flight over Zürich': undefined,
    'Bay Trail': undefined,
    'Trek Domane': undefined,
    'Verlauf 2021': undefined,
    '': undefined,
  };
  const found = Object.fromEntries(Object.keys(named).map((name) => [name, sportOfName(name)]));
  expect(found).toEqual(named);
});

test('of two sports the narrower is taken where one is a kind of the other', () => {
  expect(narrower('ride', 'gravel')).toBe('gravel');
  expect(narrower('gravel', 'ride')).toBe('gravel');
  expect(narrower('run', 'ride')).toBe('run');
  expect(narrower('ride', 'other')).toBe('ride');
});
