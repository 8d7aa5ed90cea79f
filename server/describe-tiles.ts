import type {RouterContext} from '@koa/router';
import {parseStyle} from '../core/style.ts';
import type {ArchiveSlot} from './archive-slot.ts';
import {noArchive, refuse} from './refuse.ts';
import {maxTileZoom} from './tile-path.ts';

/** Answers with the TileJSON 3.0 of the vector tiles. The activity table stays in the archive. */
export function describeTiles(slot: ArchiveSlot) {
  return async (ctx: RouterContext): Promise<void> => {
    const json = await slot.use(async ({header, layers}) => ({
      ...common(header),
      tiles: [`${ctx.protocol}://${ctx.host}/tiles/{z}/{x}/{y}.mvt`],
      vector_layers: layers,
      minzoom: header.minZoom,
      maxzoom: header.maxZoom,
      center: [header.centerLon, header.centerLat, header.centerZoom],
    }));
    answer(ctx, json);
  };
}

/** Answers with the TileJSON 3.0 of the PNG tiles in the style of the query string; zooms are of 256 px tiles. */
export function describeRaster(slot: ArchiveSlot) {
  return async (ctx: RouterContext): Promise<void> => {
    const {faults} = parseStyle(ctx.querystring);
    if (faults.length > 0) return refuse(ctx, 400, 'bad-style', faults.join('; '));
    const query = ctx.querystring ? `?${ctx.querystring}` : '';
    const json = await slot.use(async ({header}) => ({
      ...common(header),
      tiles: [`${ctx.protocol}://${ctx.host}/raster/{z}/{x}/{y}.png${query}`],
      minzoom: 0,
      maxzoom: maxTileZoom,
      center: [header.centerLon, header.centerLat, header.centerZoom + 1],
    }));
    answer(ctx, json);
  };
}

function common(header: {minLon: number; minLat: number; maxLon: number; maxLat: number}) {
  return {
    tilejson: '3.0.0',
    name: 'Trackheat',
    scheme: 'xyz',
    attribution: 'Own GPS tracks',
    bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat],
  };
}

function answer(ctx: RouterContext, json: object | undefined): void {
  if (!json) return noArchive(ctx);
  ctx.set('Cache-Control', 'no-cache');
  ctx.body = json;
}
