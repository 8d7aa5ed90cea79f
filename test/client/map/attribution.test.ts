import {expect, test} from 'vitest';
import {attributionParts, distinctAttributions} from '../../../client/map/attribution.ts';
import {baseOf, bases} from '../../../client/map/bases.ts';

test('attributionParts(html) keeps text and links to the web', () => {
  const html = '<a href="https://openmaptiles.org/" target="_blank">&copy; OpenMapTiles</a>  Data &#169; <b>x</b>';
  expect(attributionParts(html)).toEqual([
    {text: '© OpenMapTiles', href: 'https://openmaptiles.org/'},
    {text: ' Data © x'},
  ]);
  const osm = bases.find(({id}) => id === 'osm')?.online?.attribution ?? '';
  expect(attributionParts(osm)).toEqual([
    {text: '© OpenStreetMap contributors', href: 'https://www.openstreetmap.org/copyright'},
  ]);
});

test('attributionParts(html) keeps nothing that could run, and no other kind of link', () => {
  const hostile = `<img src=x onerror="alert(1)"><a href="javascript:alert(1)">a</a><script>b</script><a href=data:,c>c</a>`;
  expect(attributionParts(hostile)).toEqual([{text: 'abc'}]);
  expect(attributionParts('&lt;script&gt; & &#x110000; <')).toEqual([{text: '<script> & &#x110000; '}]);
});

test('distinctAttributions(htmls) leaves out what another one says already', () => {
  expect(distinctAttributions(['© OSM', ' © OSM', 'Tiles: A, © OSM', ''])).toEqual(['Tiles: A, © OSM']);
});

test('an unknown base map, and one of its own without a URL, is the offline one', () => {
  expect(baseOf('nowhere').id).toBe('offline');
  expect(baseOf('own').id).toBe('offline');
  expect(baseOf('osm').id).toBe('osm');
});
