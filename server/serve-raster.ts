import type {RouterContext} from '@koa/router';
import {parseStyle} from '../core/style.ts';
import {renderTile, tileTag} from '../raster-fallback/render.ts';
import type {ArchiveSlot} from './archive-slot.ts';
import {matchesEtag} from './http.ts';
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
    const request = {...tile, size, ratio: row[2] ? 2 : 1};
    const answered = await slot.use(async (archive) => {
      const etag = await tileTag(archive, request, style);
      ctx.set('ETag', etag);
      ctx.set('Cache-Control', 'no-cache');
      if (matchesEtag(ctx.get('If-None-Match'), etag)) {
        ctx.status = 304;
        return true;
      }
      ctx.type = 'image/png';
      ctx.body = await renderTile(archive, request, style);
      return true;
    });
    if (!answered) noArchive(ctx);
  };
}
