import {expect, test} from 'vitest';
import {formatPageHash, parsePageHash} from '../../../client/map/page-hash.ts';
import {builtInStyles} from '../../../core/named-styles.ts';
import {defaultStyle, parseStyle} from '../../../core/style.ts';

const view = {lng: 8.5123, lat: 47.1234, zoom: 12.5, bearing: 0, pitch: 0};

test('formatPageHash writes view, style and base map, and parsePageHash reads them back', () => {
  const style = {...defaultStyle, ramp: 'cool', width: 2, sport: ['ride' as const, 'run' as const]};
  const hash = formatPageHash({view, style, base: 'liberty', dim: 0.4});
  expect(hash).toBe('#map=12.5/47.1234/8.5123&ramp=cool&width=2&sport=ride,run&base=liberty&dim=0.4');
  expect(parsePageHash(hash)).toEqual({view, style, base: 'liberty', dim: 0.4, faults: []});
});

test('bearing and pitch are in the hash only where they are not 0', () => {
  const of = (turn: object) => formatPageHash({view: {...view, ...turn}, style: defaultStyle, base: '', dim: 0});
  expect(of({})).toBe('#map=12.5/47.1234/8.5123');
  expect(of({bearing: -20.004})).toBe('#map=12.5/47.1234/8.5123/-20');
  expect(of({pitch: 45})).toBe('#map=12.5/47.1234/8.5123/0/45');
  expect(parsePageHash(of({bearing: 90, pitch: 30})).view).toEqual({...view, bearing: 90, pitch: 30});
});

test('parsePageHash knows built-in styles by name, which other keys change', () => {
  const {style, faults} = parsePageHash('#map=3/47/8&style=centre-line&width=2&base=none');
  expect(style).toEqual({...parseStyle(builtInStyles['centre-line'].text).style, width: 2});
  expect(faults).toEqual([]);
  expect(parsePageHash('#style=sepia').faults.join()).toContain("style: 'sepia'");
});

test('parsePageHash says what it left out', () => {
  expect(parsePageHash('')).toEqual({view: undefined, style: defaultStyle, base: '', dim: 0, faults: []});
  const {view, style, faults} = parsePageHash('#map=3/95/0&width=99&colour=red');
  expect(view).toBeUndefined();
  expect(style).toEqual(defaultStyle);
  expect(faults).toHaveLength(3);
  expect(faults.join()).toMatch(/width.*colour.*map: '3\/95\/0'/s);
  const {base, dim, faults: more} = parsePageHash('#base=https://a.example/style.json&dim=2');
  expect([base, dim]).toEqual(['', 0]);
  expect(more.join()).toMatch(/base: .* expected one of offline, none, osm.*dim: '2', expected 0 to 1/);
});
