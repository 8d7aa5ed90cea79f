import type {RouterContext} from '@koa/router';
import type {ArchiveSlot} from './archive-slot.ts';
import {matchesEtag} from './http.ts';
import {noArchive, refuse} from './refuse.ts';
import {parseTilePath} from './tile-path.ts';

/** Answers `/tiles/{z}/{x}/{y}.mvt` with the stored bytes, still gzipped; 204 where the archive has no such tile. */
export function serveTile(slot: ArchiveSlot) {
  return async (ctx: RouterContext): Promise<void> => {
    const {z, x, y} = ctx.params as Record<string, string>;
    const row = /^([^.]*)\.(mvt|pbf)$/.exec(y);
    if (!row) return refuse(ctx, 400, 'bad-tile', `'${y}', expected a row like 11.mvt`);
    const tile = parseTilePath(z, x, row[1]);
    if ('status' in tile) return refuse(ctx, tile.status, tile.code, tile.message);
    const found = await slot.use(async (archive) => ({stored: await archive.storedTile(tile.z, tile.x, tile.y)}));
    if (!found) return noArchive(ctx);
    ctx.set('Cache-Control', 'no-cache');
    if (!found.stored) {
      ctx.status = 204;
      return;
    }
    const {bytes, hash} = found.stored;
    const etag = `"${hash}"`;
    ctx.set('ETag', etag);
    if (matchesEtag(ctx.get('If-None-Match'), etag)) {
      ctx.status = 304;
      return;
    }
    ctx.type = 'application/vnd.mapbox-vector-tile';
    ctx.set('Content-Encoding', 'gzip');
    ctx.body = Buffer.from(bytes.buffer);
  };
}
