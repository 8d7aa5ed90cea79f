import {describe, expect, test} from 'vitest';
import {idEditor, josmRemote, josmTms, tileTemplate} from '../../core/editor-urls.ts';

const base = 'http://127.0.0.1:8080/';
const query = 'style=centre-line&sport=hike';

describe('editor URLs', () => {
  test('of tiles carry the style', () => {
    expect(tileTemplate(base, '')).toBe('http://127.0.0.1:8080/raster/{zoom}/{x}/{y}.png');
    expect(josmTms(base, query)).toBe(`tms[22]:http://127.0.0.1:8080/raster/{zoom}/{x}/{y}.png?${query}`);
  });

  test('of JOSM remote control end with the tiles, encoded, so that JOSM takes all of them', () => {
    const url = josmRemote(base, query, 'Trackheat: Hike & more');
    const [, tiles] = url.split('&url=');
    expect(decodeURIComponent(tiles)).toBe(tileTemplate(base, query));
    expect(tiles).not.toMatch(/[&?=]/);
    expect(url).toMatch(
      /^http:\/\/127\.0\.0\.1:8111\/imagery\?title=Trackheat%3A%20Hike%20%26%20more&type=tms&max_zoom=22&/,
    );
  });

  test('of iD keep the style inside the background', () => {
    const url = new URL(idEditor(base, query, {lng: 8.5, lat: 48.2, zoom: 15}));
    const hash = new URLSearchParams(url.hash.slice(1));
    expect(hash.get('background')).toBe(`custom:${tileTemplate(base, query)}`);
    expect(hash.get('map')).toBe('15/48.20000/8.50000');
  });
});
