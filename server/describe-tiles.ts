import type {RouterContext} from '@koa/router';
import {attribution} from '../core/attribution.ts';
import {maxTileZoom} from '../core/editor-urls.ts';
import type {NamedStyles} from '../core/named-styles.ts';
import type {ArchiveSlot} from './archive-slot.ts';
import {parseRasterQuery} from './raster-request.ts';
import {noArchive, refuse} from './refuse.ts';

/** Answers with the TileJSON 3.0 of the vector tiles. The activity table stays in the archive. */
export function describeTiles(slot: ArchiveSlot) {
  return async (ctx: RouterContext): Promise<void> => {
    const json = await slot.use(async ({header, layers}) => ({
      ...common(header),
      tiles: [`${originOf(ctx)}/tiles/{z}/{x}/{y}.mvt`],
      vector_layers: layers,
      minzoom: header.minZoom,
      maxzoom: header.maxZoom,
      center: [header.centerLon, header.centerLat, header.centerZoom],
    }));
    answer(ctx, json);
  };
}

/**
 * Answers with the TileJSON 3.0 of the PNG tiles in the style and size of the query string; zooms are those of the URL.
 */
export function describeRaster(slot: ArchiveSlot, saved: () => NamedStyles) {
  return async (ctx: RouterContext): Promise<void> => {
    const {size, faults} = parseRasterQuery(ctx.querystring, saved());
    if (faults.length > 0) return refuse(ctx, 400, 'bad-style', faults.join('; '));
    const query = ctx.querystring ? `?${ctx.querystring}` : '';
    const json = await slot.use(async ({header}) => ({
      ...common(header),
      tiles: [`${originOf(ctx)}/raster/{z}/{x}/{y}.png${query}`],
      minzoom: 0,
      maxzoom: maxTileZoom,
      center: [header.centerLon, header.centerLat, header.centerZoom + (size === 256 ? 1 : 0)],
    }));
    answer(ctx, json);
  };
}

/** Where the server is for whoever asks: scheme, host and port. */
export function originOf(ctx: RouterContext): string {
  return `${ctx.protocol}://${ctx.host}`;
}

function common(header: {minLon: number; minLat: number; maxLon: number; maxLat: number}) {
  return {
    tilejson: '3.0.0',
    name: 'Trackheat',
    scheme: 'xyz',
    attribution,
    bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat],
  };
}

function answer(ctx: RouterContext, json: object | undefined): void {
  if (!json) return noArchive(ctx);
  ctx.set('Cache-Control', 'no-cache');
  ctx.body = json;
}
