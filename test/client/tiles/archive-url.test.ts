import {expect, test} from 'vitest';
import {archiveUrl} from '../../../client/tiles/archive-url.ts';

test('archiveUrl is the archive beside the page, or the one that its address asks for', () => {
  const of = (page: string) => String(archiveUrl(new URL(page)));
  expect(of('https://a.example/maps/?test#map=1/2/3')).toBe('https://a.example/maps/heat.pmtiles');
  expect(of('https://a.example/maps/?archive=old/2023.pmtiles')).toBe('https://a.example/maps/old/2023.pmtiles');
  expect(of('https://a.example/?archive=https://b.example/x.pmtiles')).toBe('https://b.example/x.pmtiles');
});

test('archiveUrl refuses what no archive can be fetched from', () => {
  for (const bad of ['javascript:alert(1)', 'file:///etc/passwd', 'http://']) {
    expect(archiveUrl(new URL(`https://a.example/?archive=${bad}`))).toBe(
      `archive: '${bad}', expected an http or https URL.`,
    );
  }
});
