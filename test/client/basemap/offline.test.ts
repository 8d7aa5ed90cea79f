import {expect, test} from 'vitest';
import {graticule} from '../../../client/basemap/graticule.ts';
import {offlineStyle} from '../../../client/basemap/offline.ts';

test('offlineStyle({dark}) names no address: nothing is fetched', () => {
  for (const dark of [true, false]) {
    const style = offlineStyle({dark});
    expect(JSON.stringify(style)).not.toMatch(/https?:|\/\//);
    expect(style.glyphs ?? style.sprite).toBeUndefined();
    expect(style.layers.map((layer) => ('source' in layer ? layer.source : 'none'))).toContain('land');
  }
});

test('offlineStyle({dark}) differs between dark and light', () => {
  expect(offlineStyle({dark: true})).not.toEqual(offlineStyle({dark: false}));
});

test('graticule() has each meridian and parallel once', () => {
  const lines = graticule().features.map(({geometry}) => JSON.stringify(geometry.coordinates));
  expect(new Set(lines).size).toBe(lines.length);
  const at = (degrees: number) => graticule().features.filter(({properties}) => properties.degrees === degrees);
  // Meridians at -180, -150 … 180 and parallels at -60, -30 … 60.
  expect(at(30)).toHaveLength(13 + 5);
  // 37 meridians and 17 parallels of whole tens, less those of 30°.
  expect(at(10)).toHaveLength(37 + 17 - 18);
});
