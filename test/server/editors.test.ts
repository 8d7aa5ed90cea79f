import {writeFileSync} from 'node:fs';
import {loadImage} from '@napi-rs/canvas';
import {type Element, parseXmlDocument} from 'slimdom';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type Listening, listen} from '../../server/listen.ts';
import {temporaryFolder} from '../support/files.ts';
import {heatFeature} from '../support/heat-feature.ts';
import {writeSmallArchive} from '../support/small-archive.ts';

const folder = temporaryFolder();
const guard = {hosts: [], origins: ['https://editor.example'], public: false};
let server: Listening;

beforeAll(async () => {
  const lines: [number, number][][] = [
    [
      [0, 0],
      [4096, 4096],
    ],
  ];
  writeSmallArchive(`${folder}/heat.pmtiles`, [{z: 4, x: 8, y: 7, features: [heatFeature({id: 1, lines})]}]);
  writeFileSync(`${folder}/styles.json`, JSON.stringify({winter: 'ramp=cool&sport=ski'}));
  server = await listen({archive: `${folder}/heat.pmtiles`, ...guard}, {host: '127.0.0.1', port: 0});
});
afterAll(() => server.close());

async function xml(at: string): Promise<Element> {
  const answer = await fetch(server.url + at);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/xml; charset=utf-8');
  const root = parseXmlDocument(await answer.text()).documentElement;
  if (!root) throw new Error('no root element');
  return root;
}

const all = (element: Element, name: string) => [...element.getElementsByTagNameNS('*', name)];
const children = (element: Element) => element.children.map((child) => child.localName);
const text = (element: Element, name: string) => all(element, name)[0]?.textContent ?? '';

/** Fills a template in; what is left of braces is a fault. */
function filled(template: string, places: Record<string, number>): string {
  const url = template.replace(/\{(\w+)\}/g, (whole, name) => String(places[name] ?? whole));
  expect(url).not.toContain('{');
  return url;
}

async function isTile(url: string): Promise<void> {
  const answer = await fetch(url);
  expect(answer.status, url).toBe(200);
  expect((await loadImage(Buffer.from(await answer.arrayBuffer()))).width).toBe(256);
}

describe('/josm/imagery.xml', () => {
  test('has an entry for each style, with what JOSM wants in each', async () => {
    const root = await xml('/josm/imagery.xml');
    expect(root.namespaceURI).toBe('http://josm.openstreetmap.de/maps-1.0');
    const entries = all(root, 'entry');
    expect(entries.map((entry) => text(entry, 'id'))).toEqual(
      ['heat', 'cool', 'centre-line', 'corridor', 'busiest', 'scalar', 'winter'].map((name) => `trackheat-${name}`),
    );
    for (const entry of entries) {
      // Mandatory by JOSM's wiki page "Maps".
      for (const name of ['name', 'id', 'type', 'url', 'category']) expect(text(entry, name)).not.toBe('');
      expect(entry.getAttribute('overlay')).toBe('true');
      expect(text(entry, 'type')).toBe('tms');
      expect([text(entry, 'min-zoom'), text(entry, 'max-zoom')]).toEqual(['0', '22']);
      expect(Number(text(entry, 'minimum-tile-expire'))).toBeGreaterThan(0);
      const [bounds] = all(entry, 'bounds');
      const corners = ['min-lat', 'min-lon', 'max-lat', 'max-lon'].map((name) => bounds.getAttribute(name));
      expect(corners).toEqual(['-85.0000000', '-180.0000000', '85.0000000', '180.0000000']);
      const icon = /^data:image\/png;base64,(.+)$/.exec(text(entry, 'icon'));
      expect((await loadImage(Buffer.from(icon?.[1] ?? '', 'base64'))).width).toBe(16);
      await isTile(filled(text(entry, 'url'), {zoom: 5, x: 16, y: 14}));
    }
  });
});

describe('/wmts', () => {
  test('tells layers and the tile matrix set in the order of the OGC schema', async () => {
    const root = await xml('/wmts?SERVICE=WMTS&REQUEST=GetCapabilities&VERSION=1.0.0');
    expect([root.localName, root.namespaceURI]).toEqual(['Capabilities', 'http://www.opengis.net/wmts/1.0']);
    expect(root.getAttribute('version')).toBe('1.0.0');
    expect(children(root)).toEqual(['ServiceIdentification', 'OperationsMetadata', 'Contents', 'ServiceMetadataURL']);
    const layers = all(root, 'Layer');
    expect(layers.length).toBe(7);
    for (const layer of layers) {
      expect(children(layer)).toEqual([
        'Title',
        'Abstract',
        'WGS84BoundingBox',
        'Identifier',
        'Style',
        'Format',
        'TileMatrixSetLink',
        'ResourceURL',
      ]);
      const [resource] = all(layer, 'ResourceURL');
      expect(resource.getAttribute('resourceType')).toBe('tile');
      const template = resource.getAttribute('template') ?? '';
      await isTile(filled(template, {TileMatrix: 5, TileCol: 16, TileRow: 14}));
    }
    const matrices = all(root, 'TileMatrix');
    expect(matrices.length).toBe(23);
    expect(Number(text(matrices[0], 'ScaleDenominator'))).toBeCloseTo(559082264.0287178, 4);
    expect(Number(text(matrices[22], 'ScaleDenominator'))).toBeCloseTo(133.29559898, 6);
    expect(text(matrices[22], 'MatrixWidth')).toBe('4194304');
    expect(text(matrices[3], 'TopLeftCorner')).toBe('-20037508.3427892 20037508.3427892');
  });

  test('is at its RESTful place too, and tells a program that asks for tiles there where they are', async () => {
    expect((await xml('/wmts/1.0.0/WMTSCapabilities.xml')).localName).toBe('Capabilities');
    const answer = await fetch(`${server.url}/wmts?service=WMTS&request=GetTile`);
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as {message: string}).message).toContain('expected GetCapabilities');
  });
});

describe('/raster.json', () => {
  test('carries style and size into the tiles', async () => {
    const at = `${server.url}/raster.json?style=winter&size=512`;
    const json = (await (await fetch(at)).json()) as {tiles: string[]; maxzoom: number};
    expect(json.maxzoom).toBe(22);
    const image = await fetch(filled(json.tiles[0], {z: 4, x: 8, y: 7}));
    expect((await loadImage(Buffer.from(await image.arrayBuffer()))).width).toBe(512);
  });
});

describe('/editors', () => {
  /** Values of the page's fields by their id. */
  async function fields(query: string): Promise<{html: string; values: Record<string, string>}> {
    const answer = await fetch(`${server.url}/editors${query}`);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const html = await answer.text();
    const inputs = html.matchAll(/<input id="([\w-]+)"[^>]* value="([^"]*)"/g);
    const plain = (value: string) => value.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
    return {html, values: Object.fromEntries([...inputs].map(([, id, value]) => [id, plain(value)]))};
  }

  test('has every URL in the style that is asked for, each with a button', async () => {
    const {html, values} = await fields('?style=centre-line&sport=hike');
    expect(values['josm-url']).toBe(`tms[22]:${server.url}/raster/{zoom}/{x}/{y}.png?style=centre-line&sport=hike`);
    for (const id of Object.keys(values)) expect(html).toContain(`data-copy="${id}"`);
    await isTile(filled(values.xyz, {z: 5, x: 16, y: 14}));
    await isTile(filled(values.tms, {z: 5, x: 16, y: 17}));
    await isTile(filled(values['id-url'], {zoom: 5, x: 16, y: 14}));
    for (const at of [values['josm-list'], values.wmts, values.tilejson]) expect((await fetch(at)).status).toBe(200);
    expect((await fetch(filled(values['id-data'], {z: 4, x: 8, y: 7}))).status).toBe(200);
    expect(html).toContain('Flush tile cache');
  });

  test('leads to the map in the style that is asked for, which the map needs not know by name', async () => {
    const options = {archive: `${folder}/heat.pmtiles`, client: folder, ...guard};
    const withMap = await listen(options, {host: '127.0.0.1', port: 0});
    const html = await (await fetch(`${withMap.url}/editors?style=winter&width=2`)).text();
    expect(html).toContain(`<a href="${withMap.url}/#ramp=cool&#38;width=2&#38;sport=ski">Tune a style`);
    await withMap.close();
  });

  test('escapes what it shows, and refuses what is no style', async () => {
    const {html} = await fields('?sport=run&style=cool');
    expect(html).not.toContain('sport=run&style');
    const answer = await fetch(`${server.url}/editors?style=%22%3E%3Cscript%3E`);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/json');
  });
});

describe('who may read', () => {
  const ask = (at: string, origin: string, url = server.url) => fetch(url + at, {headers: {origin}});

  test('openstreetmap.org and configured origins read raster tiles and their descriptions, no other', async () => {
    for (const at of ['/raster/1/0/0.png', '/tms/1/0/0.png', '/raster.json', '/wmts', '/josm/imagery.xml']) {
      for (const origin of ['https://www.openstreetmap.org', 'https://editor.example']) {
        expect((await ask(at, origin)).headers.get('access-control-allow-origin'), at).toBe(origin);
      }
      expect((await ask(at, 'https://evil.example')).headers.get('access-control-allow-origin'), at).toBeNull();
    }
    for (const at of ['/styles.json', '/editors', '/wmtsx', '/tiles/4/8/7.mvt']) {
      expect((await ask(at, 'https://editor.example')).headers.get('access-control-allow-origin'), at).toBeNull();
    }
  });

  test('vector tiles are shared with the same only where that is asked for', async () => {
    const archive = `${folder}/heat.pmtiles`;
    const sharing = await listen({archive, ...guard, shareTiles: true}, {host: '127.0.0.1', port: 0});
    const allowed = async (at: string, origin: string) =>
      (await ask(at, origin, sharing.url)).headers.get('access-control-allow-origin');
    expect(await allowed('/tiles/4/8/7.pbf', 'https://www.openstreetmap.org')).toBe('https://www.openstreetmap.org');
    expect(await allowed('/tiles/4/8/7.pbf', 'https://evil.example')).toBeNull();
    expect(await allowed('/heat.pmtiles', 'https://www.openstreetmap.org')).toBeNull();
    await sharing.close();
  });

  test('a preflight from the internet to this machine is answered for those who may', async () => {
    const preflight = (origin: string) =>
      fetch(`${server.url}/raster/1/0/0.png`, {
        method: 'OPTIONS',
        headers: {origin, 'access-control-request-private-network': 'true'},
      });
    const allowed = await preflight('https://www.openstreetmap.org');
    expect(allowed.headers.get('access-control-allow-private-network')).toBe('true');
    const other = await preflight('https://evil.example');
    expect(other.headers.get('access-control-allow-private-network')).toBeNull();
  });
});
