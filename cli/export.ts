import {existsSync, statSync} from 'node:fs';
import path from 'node:path';
import {archivePath, buildDefaults} from '../builder/build.ts';
import {attribution} from '../core/attribution.ts';
import {maxTileZoom} from '../core/editor-urls.ts';
import {type HeatArchive, openArchive} from '../raster-fallback/archive.ts';
import {estimateExport, exportTiles, planExport, type TileExport} from '../raster-fallback/export/export-tiles.ts';
import {folderSink, folderState} from '../raster-fallback/export/folder-sink.ts';
import {mbtilesSink} from '../raster-fallback/export/mbtiles-sink.ts';
import {osmandSink} from '../raster-fallback/export/osmand-sink.ts';
import {setName, type TileSetFacts, type TileSink} from '../raster-fallback/export/tile-sink.ts';
import {DrawPool, drawPoolDefaults} from '../raster-fallback/workers/draw-pool.ts';
import {parse, UsageError, wholeNumber} from './command.ts';
import {countLine} from './count-line.ts';
import {pmtilesSink} from './export-pmtiles.ts';
import {lockExport} from './lock-export.ts';
import {type Box, boxOption, choiceOption, styleOption, zoomsOption} from './map-options.ts';
import {duration} from './progress.ts';

/** More than this is only written when it is asked for twice. */
const limits = {tiles: 300_000, bytes: 500e6};

const world: Box = [-180, -90, 180, 90];

const sinks: Record<string, (file: string, key: string, facts: TileSetFacts) => TileSink> = {
  pmtiles: pmtilesSink,
  mbtiles: mbtilesSink,
  osmand: osmandSink,
  folder: folderSink,
};

const help = `trackheat export --format FORMAT --out FILE

Draws the tiles of an archive in a style to a file that other programs read, without a server. Tiles without heat are left
out. An export that was interrupted goes on where it was when the same command is given again.

  --format FORMAT    pmtiles, mbtiles, osmand (.sqlitedb, also for Locus) or folder (z/x/y.png)
  --out FILE         file or folder to write
  --style STYLE      a name (heat, cool, centre-line, corridor, busiest, scalar, or one of styles.json) or keys and
                     values, like "style=cool&sport=ride,gravel&from=2023-01-01" (default heat)
  --zoom FROM-TO     zooms of the tiles, 0 to ${maxTileZoom} (default 2-15)
  --bbox W,S,E,N     only tiles that touch this box, degrees (default: everything)
  --size N           side of a tile, 256 or 512 px (default 256)
  --ratio N          pixels per px: 2 for dense screens (default 1)
  --image KIND       png or webp (default png)
  --archive FILE     archive, or http(s) URL of one (default ${archivePath(buildDefaults.data)})
  --data DIR         data folder, where it is not the usual one
  --workers N        threads that draw (default: all cores, at most 8)
  --yes              go on although it is more than ${limits.tiles.toLocaleString('en')} tiles or ${limits.bytes / 1e6} MB, or FILE exists
  --json             print one JSON object at the end

Example: trackheat export --format osmand --style centre-line --zoom 8-17 --bbox 8.2,47.9,8.6,48.3 --out heat.sqlitedb
`;

const flags = {
  format: {type: 'string'},
  out: {type: 'string'},
  style: {type: 'string'},
  zoom: {type: 'string'},
  bbox: {type: 'string'},
  size: {type: 'string'},
  ratio: {type: 'string'},
  image: {type: 'string'},
  archive: {type: 'string'},
  data: {type: 'string'},
  workers: {type: 'string'},
  yes: {type: 'boolean', short: 'y'},
  json: {type: 'boolean'},
  help: {type: 'boolean', short: 'h'},
} as const;

export async function runExport(args: string[]): Promise<number> {
  const {values, positionals} = parse(args, flags);
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  if (positionals.length > 0) throw new UsageError(`'${positionals[0]}': name the file to write with --out`);
  if (values.format === undefined) throw new UsageError(`--format is missing: ${Object.keys(sinks).join(', ')}`);
  if (values.out === undefined) throw new UsageError('--out is missing: the file or folder to write');
  const format = choiceOption('format', values.format, Object.keys(sinks));
  const name = values.archive ?? archivePath(values.data ?? buildDefaults.data);
  const style = styleOption(values.style, name);
  const selection = {
    ...zoomsOption(values.zoom ?? '2-15', maxTileZoom),
    bounds: values.bbox === undefined ? world : boxOption(values.bbox),
    size: Number(choiceOption('size', values.size ?? '256', ['256', '512'])),
    ratio: Number(choiceOption('ratio', values.ratio ?? '1', ['1', '2'])),
  };
  const image = choiceOption('image', values.image ?? 'png', ['png', 'webp']);
  const workers = wholeNumber('workers', values.workers, 1, 256, drawPoolDefaults.workers);
  if (format !== 'folder' && statSync(values.out, {throwIfNoEntry: false})?.isDirectory()) {
    throw new UsageError(`--out ${values.out}: found a folder, expected the name of a file`);
  }
  const folder = path.dirname(path.resolve(values.out));
  if (format !== 'folder' && !existsSync(folder)) throw new UsageError(`--out ${values.out}: no folder ${folder}`);
  const state = format === 'folder' && folderState(values.out);
  if (state === 'foreign') {
    throw new UsageError(
      `--out ${values.out}: found other files there, expected a new folder or one of an earlier export`,
    );
  }
  const isThere = format === 'folder' ? state === 'finished' : existsSync(values.out);
  if (isThere && !values.yes) {
    throw new Error(`${values.out}: exists already; add --yes to replace it`);
  }

  const began = performance.now();
  const archive = await openArchive(name);
  const pool = new DrawPool({workers});
  try {
    const plan = await planExport(archive, style, selection, image);
    if (plan.tiles.length === 0) throw new Error(`${name}: no heat there, nothing to export`);
    const estimate = await estimateExport(plan, pool);
    const size = `about ${estimate.tiles.toLocaleString('en')} tiles, ${megabytes(estimate.bytes)}`;
    if (!values.yes && (estimate.tiles > limits.tiles || estimate.bytes > limits.bytes)) {
      throw new Error(`that is ${size}: choose fewer zooms or a --bbox, or add --yes`);
    }
    process.stderr.write(`${values.out}: ${size}.\n`);
    const bytes = await write(plan, pool, format, values.out);
    const seconds = (performance.now() - began) / 1000;
    process.stderr.write(`${values.out}: ${megabytes(bytes)} in ${duration(seconds)}.\n`);
    if (values.json) process.stdout.write(`${JSON.stringify({path: values.out, bytes, seconds, estimate})}\n`);
    return 0;
  } finally {
    await pool.close();
    await archive.close();
  }
}

/** Writes an export where no other one is writing. Gives the bytes of what was written. */
async function write(plan: TileExport, pool: DrawPool, format: string, out: string): Promise<number> {
  const unlock = lockExport(out, format === 'folder');
  try {
    return await fill(plan, pool, sinks[format](out, plan.key, factsOf(plan)));
  } finally {
    unlock();
  }
}

/** Fills a sink, with progress; Ctrl+C stops it so that it can be gone on with. Gives the bytes of what was written. */
async function fill(plan: TileExport, pool: DrawPool, sink: TileSink): Promise<number> {
  const total = plan.tiles.length;
  if (sink.done > 0) process.stderr.write(`Going on after ${sink.done.toLocaleString('en')} tiles.\n`);
  const progress = countLine('Drawing', 'tiles looked at', total);
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    const done = await exportTiles(plan, pool, sink, progress.show, stop.signal);
    progress.end();
    if (done < total) throw new Error('stopped; the same command goes on from here');
    return sink.finish();
  } finally {
    sink.close();
    progress.end();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

function factsOf({archive, selection, image}: TileExport): TileSetFacts {
  const {minZoom, maxZoom, bounds, size, ratio} = selection;
  const box = overlap(archive, bounds);
  const inside = box[0] < box[2] && box[1] < box[3];
  const [west, south, east, north] = inside ? box : bounds;
  const {centerLon, centerLat, centerZoom} = archive.header;
  // Each on its own: the middle of what lies on both sides of 180° is half a world away.
  const lng = centerLon >= west && centerLon <= east ? centerLon : (west + east) / 2;
  const lat = centerLat >= south && centerLat <= north ? centerLat : (south + north) / 2;
  return {
    name: setName,
    description: 'Heat of own GPS tracks.',
    attribution,
    image,
    pixels: size * ratio,
    minZoom,
    maxZoom,
    bounds: [west, south, east, north],
    center: [lng, lat, Math.max(minZoom, Math.min(maxZoom, centerZoom + 1))],
  };
}

function overlap({header: {minLon, minLat, maxLon, maxLat}}: HeatArchive, [west, south, east, north]: Box): Box {
  return [Math.max(west, minLon), Math.max(south, minLat), Math.min(east, maxLon), Math.min(north, maxLat)];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
