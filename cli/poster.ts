import {existsSync} from 'node:fs';
import {archivePath, buildDefaults} from '../builder/build.ts';
import {attribution} from '../core/attribution.ts';
import {projectX, projectY, tilePixels} from '../core/mercator.ts';
import {openArchive} from '../raster-fallback/archive.ts';
import {drawPlan} from '../raster-fallback/draw-plan.ts';
import {drawPoster} from '../raster-fallback/poster/draw-poster.ts';
import {hasFonts, posterFurniture} from '../raster-fallback/poster/furniture.ts';
import type {RasterView} from '../raster-fallback/view.ts';
import {DrawPool, drawPoolDefaults} from '../raster-fallback/workers/draw-pool.ts';
import {parse, UsageError, wholeNumber} from './command.ts';
import {countLine} from './count-line.ts';
import {type Box, boxOption, centerOption, styleOption} from './map-options.ts';
import {duration} from './progress.ts';

const maxZoom = 22;

const defaultAttribution = `${attribution} · Trackheat`;

/** A poster's shorter side is so many px of the style unless told otherwise: lines of a screen, with the pixels of a print. */
const shorterSide = 1500;

/** Sides of a picture, pixels: what Skia can write on, and what there is room for a word on. */
const shortest = 64;
const longest = 30_000;

const help = `trackheat poster --bbox W,S,E,N | --center LNG,LAT --zoom Z

Draws the heat of a place as one PNG picture of any size, with title, scale bar, legend and attribution.

  --bbox W,S,E,N       box that the picture shows whole, degrees
  --center LNG,LAT     middle of the picture, with --zoom as in the address of the map page (0-${maxZoom}, 12.5 is allowed)
  --size WxH           pixels, ${shortest} to ${longest} a side (default 5000x7000)
  --ratio N            pixels per px of the style: 3 makes lines three times as wide (default: by the size)
  --style STYLE        as for trackheat export (default heat)
  --background COLOUR  like 0b1015 or ffffff; none for a transparent picture (default 0b1015)
  --title TEXT         at the lower left
  --attribution TEXT   below it (default "${defaultAttribution}"; "" for none)
  --no-legend, --no-scale
  --out FILE           PNG picture to write (default poster.png)
  --yes                replace FILE where it exists
  --archive FILE       archive, or http(s) URL of one (default ${archivePath(buildDefaults.data)})
  --data DIR           data folder, where it is not the usual one
  --workers N          threads that draw (default: all cores, at most 8)

Example: trackheat poster --center 8.5,48.2 --zoom 11 --size 5000x7000 --title "Ten years on the road" --out poster.png
`;

const flags = {
  bbox: {type: 'string'},
  center: {type: 'string'},
  zoom: {type: 'string'},
  size: {type: 'string'},
  ratio: {type: 'string'},
  style: {type: 'string'},
  background: {type: 'string'},
  title: {type: 'string'},
  attribution: {type: 'string'},
  'no-legend': {type: 'boolean'},
  'no-scale': {type: 'boolean'},
  out: {type: 'string'},
  archive: {type: 'string'},
  data: {type: 'string'},
  workers: {type: 'string'},
  yes: {type: 'boolean', short: 'y'},
  help: {type: 'boolean', short: 'h'},
} as const;

export async function runPoster(args: string[]): Promise<number> {
  const {values, positionals} = parse(args, flags);
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  if (positionals.length > 0) throw new UsageError(`'${positionals[0]}': name the picture with --out`);
  const {width, height} = sizeOption(values.size ?? '5000x7000');
  const ratio = ratioOption(values.ratio, Math.min(width, height));
  const view = viewOption(values, {width: width / ratio, height: height / ratio, ratio});
  const name = values.archive ?? archivePath(values.data ?? buildDefaults.data);
  const style = styleOption(values.style, name);
  const background = colorOption(values.background ?? '0b1015');
  const workers = wholeNumber('workers', values.workers, 1, 256, drawPoolDefaults.workers);
  const out = values.out ?? 'poster.png';
  if (!/\.png$/i.test(out)) throw new UsageError(`--out ${out}: expected a name that ends in .png`);
  if (existsSync(out) && !values.yes) throw new Error(`${out}: exists already; add --yes to replace it`);
  if (!hasFonts()) process.stderr.write('This machine has no fonts: the picture will have no text.\n');

  const began = performance.now();
  const archive = await openArchive(name);
  const pool = new DrawPool({workers});
  const progress = countLine('Drawing', 'rows', height);
  try {
    const {scale, palette} = drawPlan(archive, view, style);
    const furniture = posterFurniture(
      view,
      {scale, palette},
      {
        title: values.title ?? '',
        attribution: values.attribution ?? defaultAttribution,
        scaleBar: !values['no-scale'],
        legend: !values['no-legend'],
        background,
      },
    );
    const isLit = await drawPoster({archive, style, view, background, furniture}, pool, out, progress.show);
    progress.end();
    if (!isLit) {
      const hint = values.center === undefined ? '' : '; --center is longitude,latitude';
      throw new Error(`${out}: not written, there is no heat in that place and style${hint}`);
    }
    const seconds = (performance.now() - began) / 1000;
    process.stderr.write(`${out}: ${width} × ${height} pixels in ${duration(seconds)}.\n`);
    return 0;
  } finally {
    progress.end();
    await pool.close();
    await archive.close();
  }
}

function sizeOption(text: string): {width: number; height: number} {
  const match = /^(\d{1,6})[x×](\d{1,6})$/.exec(text);
  const [width, height] = [Number(match?.[1]), Number(match?.[2])];
  if (Math.min(width, height) >= shortest && Math.max(width, height) <= longest) return {width, height};
  throw new UsageError(`--size ${text}: expected width and height of ${shortest} to ${longest} pixels, like 5000x7000`);
}

function ratioOption(text: string | undefined, shorter: number): number {
  if (text === undefined) return Math.max(1, Math.min(8, Math.round(shorter / shorterSide)));
  const ratio = Number(text);
  if (ratio >= 0.5 && ratio <= 8) return ratio;
  throw new UsageError(`--ratio ${text}: expected a number from 0.5 to 8`);
}

function colorOption(text: string): [number, number, number] | undefined {
  if (text === 'none') return undefined;
  const match = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (!match) throw new UsageError(`--background ${text}: expected a colour like 0b1015, or none`);
  return [1, 2, 3].map((i) => Number.parseInt(match[i], 16)) as [number, number, number];
}

type Frame = Pick<RasterView, 'width' | 'height' | 'ratio'>;

/** The view of `--bbox`, or of `--center` and `--zoom`. */
function viewOption({bbox, center, zoom}: {bbox?: string; center?: string; zoom?: string}, frame: Frame): RasterView {
  if ((bbox === undefined) === (center === undefined)) throw new UsageError('which place? Give --bbox or --center');
  if (bbox !== undefined && zoom !== undefined) throw new UsageError('--zoom goes with --center: a --bbox tells it');
  if (bbox !== undefined) return viewOfBox(boxOption(bbox), frame);
  const {lng, lat} = centerOption(center as string);
  const at = zoom === undefined || zoom.trim() === '' ? Number.NaN : Number(zoom);
  if (!(at >= 0 && at <= maxZoom)) throw new UsageError(`--zoom ${zoom ?? ''}: expected a zoom from 0 to ${maxZoom}`);
  return viewAround(projectX(lng), projectY(lat), at, frame);
}

/** The view that shows a box whole, and as large as that allows. */
function viewOfBox([west, south, east, north]: Box, frame: Frame): RasterView {
  const [left, right, top, bottom] = [projectX(west), projectX(east), projectY(north), projectY(south)];
  const world = Math.min(frame.width / (right - left), frame.height / (bottom - top));
  const zoom = Math.max(0, Math.min(maxZoom, Math.log2(world / tilePixels)));
  return viewAround((left + right) / 2, (top + bottom) / 2, zoom, frame);
}

function viewAround(x: number, y: number, zoom: number, {width, height, ratio}: Frame): RasterView {
  const world = tilePixels * 2 ** zoom;
  return {zoom, left: x * world - width / 2, top: y * world - height / 2, width, height, ratio};
}
