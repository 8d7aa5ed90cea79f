import {gunzipSync} from 'node:zlib';
import {tileZooms} from '../../core/tile-zooms.ts';
import {type HeatArchive, openArchive} from '../../raster-fallback/archive.ts';
import type {TileRequest} from '../../raster-fallback/view.ts';

/** The few parts of Mapnik's Node binding that are used here. */
type Mapnik = {
  Map: new (width: number, height: number) => {fromStringSync(xml: string): void};
  Image: new (width: number, height: number) => {encode(format: string, done: Done<Buffer>): void};
  VectorTile: new (
    z: number,
    x: number,
    y: number,
  ) => {setData(bytes: Buffer): void; render(map: unknown, image: unknown, options: object, done: Done<unknown>): void};
};

type Done<T> = (error: Error | null, result: T) => void;

/** Plain strokes: what a general renderer can do with these tiles; it has no sums of heat and no glow. */
const style = `<Map srs="epsg:3857"><Style name="line"><Rule>
<LineSymbolizer stroke="#ff6a00" stroke-width="2" stroke-opacity="0.4" stroke-linejoin="round"/>
</Rule></Style><Layer name="heat" srs="epsg:3857"><StyleName>line</StyleName></Layer></Map>`;

/** Mapnik, where somebody has installed it (`npm install --no-save @mapnik/mapnik`): it is no dependency of this project. */
export async function loadMapnik(): Promise<Mapnik | undefined> {
  const name = '@mapnik/mapnik';
  try {
    const module = (await import(name)) as {default: Mapnik};
    return module.default;
  } catch {
    return undefined;
  }
}

/** Draws tiles with Mapnik from the same archive; gives wall milliseconds of each, and how many it refused. */
export async function drawWithMapnik(
  mapnik: Mapnik,
  archivePath: string,
  tiles: TileRequest[],
): Promise<{times: number[]; refused: number; perCpuSecond: number}> {
  const archive = await openArchive(archivePath);
  const map = new mapnik.Map(256, 256);
  map.fromStringSync(style);
  const times: number[] = [];
  let refused = 0;
  const before = process.cpuUsage();
  for (const tile of tiles) {
    const start = performance.now();
    try {
      await drawOne(mapnik, map, archive, tile);
      times.push(performance.now() - start);
    } catch {
      refused++;
    }
  }
  const {user, system} = process.cpuUsage(before);
  await archive.close();
  return {times, refused, perCpuSecond: times.length / ((user + system) / 1e6)};
}

async function drawOne(mapnik: Mapnik, map: unknown, archive: HeatArchive, {z, x, y}: TileRequest): Promise<Buffer> {
  const [{z: zoom}] = tileZooms(z - 1, archive.header.minZoom, archive.header.maxZoom);
  const deeper = 2 ** (z - zoom);
  const [column, row] = [Math.floor(x / deeper), Math.floor(y / deeper)];
  const image = new mapnik.Image(256, 256);
  const bytes = await archive.bytes(zoom, column, row);
  if (bytes) {
    const tile = new mapnik.VectorTile(zoom, column, row);
    tile.setData(gunzipSync(bytes));
    await result((done) => tile.render(map, image, {z, x, y, buffer_size: 8}, done));
  }
  return result((done: Done<Buffer>) => image.encode('png8:z=1', done));
}

function result<T>(call: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => call((error, value) => (error ? reject(error) : resolve(value))));
}
