import {expect, test} from 'vitest';
import {ownBase} from '../../../client/map/bases.ts';
import {rasterStyle} from '../../../client/map/read-style.ts';

test('ownBase(url) tells picture tiles from a style by their placeholders', () => {
  expect(ownBase('https://a.example/style.json?key=1')).toMatchObject({kind: 'style'});
  const raster = ownBase(' https://{s}.a.example/{z}/{x}/{y}.png ');
  expect(raster).toEqual({kind: 'raster', url: 'https://a.a.example/{z}/{x}/{y}.png', attribution: 'Map: a.a.example'});
  expect(ownBase('http://localhost:8080/style.json')).toMatchObject({kind: 'style'});
});

test('ownBase(url) is a sentence for what the page may not fetch', () => {
  expect(ownBase('http://a.example/style.json')).toMatch(/only by https, or from this machine/);
  expect(ownBase('javascript:alert(1)')).toMatch(/only by https/);
  expect(ownBase('maps')).toMatch(/no URL/);
});

test('rasterStyle(base) names the tiles once and says whose they are', () => {
  const style = rasterStyle({
    kind: 'raster',
    url: 'https://a.example/{z}/{x}/{y}.png',
    attribution: '© A',
    maxZoom: 17,
  });
  expect(style.sources.picture).toEqual({
    type: 'raster',
    tiles: ['https://a.example/{z}/{x}/{y}.png'],
    tileSize: 256,
    attribution: '© A',
    maxzoom: 17,
  });
});
