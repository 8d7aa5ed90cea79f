import {describe, expect, test} from 'vitest';
import {addStop, moveStop, paintStop, removeStop, toneBeside} from '../../../../client/panel/style/ramp-stops.ts';
import {formatRamp, parseRamp, type RampStop} from '../../../../core/ramps.ts';

const text = '0:00000000,0.5:ff6a00cc,1:ffffff';
const stops = parsed(text);

function parsed(ramp: string): RampStop[] {
  const found = parseRamp(ramp);
  if (typeof found === 'string') throw new Error(found);
  return found;
}

describe('moveStop', () => {
  test('moves a stop and leaves its colour', () => {
    expect(formatRamp(moveStop(stops, 1, 0.25))).toBe('0:00000000,0.25:ff6a00cc,1:ffffff');
  });

  test('stops short of the neighbours and of the ends', () => {
    expect(moveStop(stops, 1, 2)[1][0]).toBe(0.995);
    expect(moveStop(stops, 1, -1)[1][0]).toBe(0.005);
    expect(moveStop(stops, 0, -1)[0][0]).toBe(0);
    expect(moveStop(stops, 2, 9)[2][0]).toBe(1);
  });

  test('leaves a stop where its neighbours are too close', () => {
    const close = parsed('0:00000000,0.5:ff0000,0.502:00ff00,0.504:0000ff,1:ffffff');
    expect(moveStop(close, 2, 0.8)).toEqual(close);
    const last = parsed('0:00000000,0.999:ff0000,1:ffffff');
    expect(moveStop(last, 2, 1)).toEqual(last);
  });

  test('gives stops that parseRamp reads, wherever it is asked to', () => {
    let moved = stops;
    for (let i = 0; i < 300; i++) moved = moveStop(moved, i % 3, ((i * 0.618) % 1.4) - 0.2);
    expect(parseRamp(formatRamp(moved))).toEqual(moved);
  });
});

describe('addStop', () => {
  test('puts in a stop of the colour that the ramp has there', () => {
    const added = addStop(stops, 0.75);
    expect(added?.index).toBe(2);
    expect(formatRamp(added?.stops ?? [])).toBe('0:00000000,0.5:ff6a00cc,0.75:ffb47fe5,1:ffffff');
  });

  test('adds before the first and after the last too', () => {
    const inner = parsed('0.2:000000,0.8:ffffff');
    expect(addStop(inner, 0)?.index).toBe(0);
    expect(addStop(inner, 1)?.index).toBe(2);
  });

  test('adds none on top of another', () => {
    expect(addStop(stops, 0.502)).toBeUndefined();
  });
});

test('toneBeside is in the middle of the gap after a stop, before it for the last', () => {
  expect(toneBeside(stops, 0)).toBe(0.25);
  expect(toneBeside(stops, 1)).toBe(0.75);
  expect(toneBeside(stops, 2)).toBe(0.75);
});

test('removeStop leaves at least two stops', () => {
  expect(formatRamp(removeStop(stops, 1))).toBe('0:00000000,1:ffffff');
  expect(removeStop(removeStop(stops, 1), 0)).toHaveLength(2);
});

test('paintStop changes one colour', () => {
  expect(formatRamp(paintStop(stops, 0, [1, 2, 3, 255]))).toBe('0:010203,0.5:ff6a00cc,1:ffffff');
});
