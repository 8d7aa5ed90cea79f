import type {RouterContext} from '@koa/router';
import type {NamedStyles} from '../core/named-styles.ts';
import type {PictureService, PreparedTile} from '../raster-fallback/picture-service.ts';
import {QueueFull} from '../raster-fallback/workers/draw-pool.ts';
import type {ArchiveSlot} from './archive-slot.ts';
import {matchesEtag} from './http.ts';
import {parseRasterRequest} from './raster-request.ts';
import {noArchive, refuse} from './refuse.ts';

const types = {png: 'image/png', webp: 'image/webp'};

/** Seconds after which a client may ask again where too many pictures wait. */
const retrySeconds = 2;

/**
 * Answers `/raster/{z}/{x}/{y}.png`, also `@2x` and `.webp`, with the heat in the style and size of the query string; where
 * `from` is south, rows are counted from there. 304 and finished pictures are answered without drawing.
 */
export function serveRaster(
  slot: ArchiveSlot,
  pictures: PictureService,
  saved: () => NamedStyles,
  from: 'north' | 'south' = 'north',
) {
  return async (ctx: RouterContext): Promise<void> => {
    const {z, x, y} = ctx.params as {z: string; x: string; y: string};
    const asked = parseRasterRequest({z, x, y}, ctx.querystring, saved(), from);
    if ('status' in asked) return refuse(ctx, asked.status, asked.code, asked.message);
    const {request, style, format} = asked;
    const answered = await slot.use(async (archive) => {
      const tile = await pictures.prepare(archive, request, style, format);
      ctx.set('ETag', tile.tag);
      ctx.set('Cache-Control', 'no-cache');
      if (matchesEtag(ctx.get('If-None-Match'), tile.tag)) {
        ctx.status = 304;
        return true;
      }
      const picture = pictures.ready(tile) ?? (await drawn(ctx, pictures, tile));
      if (picture) {
        ctx.type = types[format];
        ctx.body = picture;
      }
      return true;
    });
    if (!answered) noArchive(ctx);
  };
}

/** The picture of a tile; undefined, and the answer given, where it is not drawn now. */
async function drawn(ctx: RouterContext, pictures: PictureService, tile: PreparedTile): Promise<Buffer | undefined> {
  const gone = new AbortController();
  const leave = () => gone.abort();
  ctx.res.once('close', leave);
  try {
    return await pictures.picture(tile, gone.signal);
  } catch (error) {
    if (gone.signal.aborted) {
      // Nobody reads this any more.
      ctx.status = 204;
      return undefined;
    }
    if (!(error instanceof QueueFull)) throw error;
    ctx.remove('ETag');
    ctx.set('Retry-After', String(retrySeconds));
    refuse(ctx, 503, 'busy', 'Too many pictures wait to be drawn already; ask again in a moment.');
    return undefined;
  } finally {
    ctx.res.off('close', leave);
  }
}
