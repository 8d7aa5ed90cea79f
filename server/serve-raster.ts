import type {RouterContext} from '@koa/router';
import {formatStyle, parseStyle} from '../core/style.ts';
import {renderTile} from '../raster-fallback/render.ts';
import type {ArchiveSlot} from './archive-slot.ts';
import {etagOf, matchesEtag} from './http.ts';
import {noArchive, refuse} from './refuse.ts';
import {parseTilePath} from './tile-path.ts';

/** Side of a raster tile in CSS pixels. */
const size = 256;

/** Answers `/raster/{z}/{x}/{y}.png`, also `@2x`, with the heat in the style of the query string. */
export function serveRaster(slot: ArchiveSlot) {
  return async (ctx: RouterContext): Promise<void> => {
    const {z, x, y} = ctx.params as Record<string, string>;
    const row = /^(\d+)(@2x)?\.png$/.exec(y);
    if (!row) return refuse(ctx, 400, 'bad-tile', `'${y}', expected a row like 11.png or 11@2x.png`);
    const tile = parseTilePath(z, x, row[1]);
    if (typeof tile === 'string') return refuse(ctx, tile.includes('does not exist') ? 404 : 400, 'bad-tile', tile);
    const {style, faults} = parseStyle(ctx.querystring);
    if (faults.length > 0) return refuse(ctx, 400, 'bad-style', faults.join('; '));
    const ratio = row[2] ? 2 : 1;
    const png = await slot.use((archive) => renderTile(archive, {...tile, size, ratio}, style));
    if (!png) return noArchive(ctx);
    const etag = etagOf(png, formatStyle(style));
    ctx.set('ETag', etag);
    ctx.set('Cache-Control', 'no-cache');
    if (matchesEtag(ctx.get('If-None-Match'), etag)) {
      ctx.status = 304;
      return;
    }
    ctx.type = 'image/png';
    ctx.body = png;
  };
}
