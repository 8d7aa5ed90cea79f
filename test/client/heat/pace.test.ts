import {WebMercatorViewport} from '@deck.gl/core';
import {expect, test} from 'vitest';
import {Pace} from '../../../client/heat/pace.ts';

const at = (longitude: number) => new WebMercatorViewport({width: 640, height: 400, longitude, latitude: 48, zoom: 12});

/** A pace whose last accumulation took so many ms and ended at 0. */
function paced(milliseconds: number): Pace {
  const pace = new Pace();
  pace.begin(-milliseconds);
  pace.end(0, 0);
  return pace;
}

test('Pace lets a fast GPU add up heat for every frame, timed or not', () => {
  const pace = paced(20);
  for (let i = 0; i < 10; i++) expect(pace.isDue(at(8 + i / 100), i * 16)).toBe(true);
  pace.begin(160);
  expect(pace.isDue(at(9), 176)).toBe(true);
});

test('Pace takes no GPU for slow whose end a busy page heard of late', () => {
  const pace = new Pace();
  pace.begin(0);
  pace.end(500, 4);
  expect(pace.isDue(at(8), 501)).toBe(true);
});

test('Pace gives a slow GPU nothing more to do while it is busy', () => {
  const pace = new Pace();
  pace.begin(0);
  expect(pace.isDue(at(8), 30)).toBe(true);
  expect(pace.isDue(at(8), 60)).toBe(false);
  expect(pace.isDue(at(8), 19_000)).toBe(false);
  // Its end was lost.
  expect(pace.isDue(at(8), 21_000)).toBe(true);
  pace.end(600, 600);
  expect(pace.isDue(at(8), 900)).toBe(false);
  expect(pace.isDue(at(8), 1000)).toBe(true);
});

test('Pace waits until a moving map rests for as long as its heat takes, at most 0.4 s', () => {
  for (const [taken, rest] of [
    [100, 100],
    [3000, 400],
  ]) {
    const pace = paced(taken);
    for (let now = 0; now < 800; now += 50) expect(pace.isDue(at(8 + now / 1e5), now)).toBe(false);
    expect(pace.isDue(at(8), 800)).toBe(false);
    expect(pace.isDue(at(8), 800 + rest - 1)).toBe(false);
    expect(pace.isDue(at(8), 800 + rest)).toBe(true);
  }
});

test('Pace lets a moving map have new heat for a tenth of the time', () => {
  const pace = paced(50);
  for (let now = 0; now <= 1000; now += 25) expect(pace.isDue(at(8 + now / 1e5), now)).toBe(now >= 500);
});
