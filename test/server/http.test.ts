import {describe, expect, test} from 'vitest';
import {etagOf, matchesEtag, parseRange} from '../../server/http.ts';
import {parseTilePath} from '../../server/tile-path.ts';

describe('parseRange(header, 1000)', () => {
  test.each([
    ['bytes=0-0', {start: 0, end: 0}],
    ['bytes=100-199', {start: 100, end: 199}],
    ['bytes=900-', {start: 900, end: 999}],
    ['bytes=-50', {start: 950, end: 999}],
    ['bytes=-5000', {start: 0, end: 999}],
    ['bytes=990-5000', {start: 990, end: 999}],
    ['bytes=1000-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=0-1,5-6', undefined],
    ['bytes=5-4', undefined],
    ['bytes=-', undefined],
    ['items=0-5', undefined],
    ['', undefined],
  ])('%s is %j', (header, range) => {
    expect(parseRange(header, 1000)).toEqual(range);
  });

  test('no range of an empty file can be satisfied', () => {
    expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(parseRange('bytes=-1', 0)).toBe('unsatisfiable');
  });
});

describe('matchesEtag', () => {
  const etag = etagOf('a', 'b');

  test('takes the tag, its weak form, one of a list, and any', () => {
    for (const header of [etag, `W/${etag}`, `"x", ${etag}`, '*']) expect(matchesEtag(header, etag)).toBe(true);
    for (const header of ['', '"x"', etag.slice(1)]) expect(matchesEtag(header, etag)).toBe(false);
  });

  test('etagOf tells parts apart', () => {
    expect(etagOf('ab', '')).not.toBe(etagOf('a', 'b'));
  });
});

describe('parseTilePath', () => {
  test('gives whole numbers within the world', () => {
    expect(parseTilePath('22', '4194303', '0')).toEqual({z: 22, x: 4_194_303, y: 0});
  });

  test.each([
    [['-1', '0', '0'], "'-1' is no tile coordinate"],
    [['1.5', '0', '0'], "'1.5' is no tile coordinate"],
    [['a', '0', '0'], "'a' is no tile coordinate"],
    [['23', '0', '0'], 'zoom 23, expected 0 to 22'],
    [['1', '2', '0'], 'tile 2/0 does not exist at zoom 1'],
  ])('says what is wrong with %j', (parts, sentence) => {
    expect(parseTilePath(parts[0], parts[1], parts[2])).toMatchObject({message: expect.stringContaining(sentence)});
  });
});
