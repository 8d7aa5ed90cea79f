import path from 'node:path';
import Router from '@koa/router';
import Koa, {type Context, type Next} from 'koa';
import {PictureService, type PictureServiceOptions} from '../raster-fallback/picture-service.ts';
import {ArchiveSlot, ArchiveUnreadable} from './archive-slot.ts';
import {describeRaster, describeTiles} from './describe-tiles.ts';
import {allowOrigins, checkHost, type GuardOptions} from './guard.ts';
import {noArchive, refuse} from './refuse.ts';
import {savedStylesOf} from './saved-styles.ts';
import {sendFile} from './send-file.ts';
import {serveClient} from './serve-client.ts';
import {serveEditors, serveJosm, serveStyles, serveWmts} from './serve-editors.ts';
import {serveRaster} from './serve-raster.ts';
import {serveTile} from './serve-tile.ts';

/** What a server serves, and to whom. */
export type AppOptions = GuardOptions & {
  /** Path of the archive, which need not exist yet, or http(s) URL of one. */
  archive: string;
  /** Path of the person's saved styles; beside the archive unless given. */
  styles?: string;
  /** How much drawing may use. */
  drawing?: Partial<PictureServiceOptions>;
  /** Folder of the built page; none where only tiles are served. */
  client?: string;
};

/** An app and what must be closed with it. */
export type App = {callback: ReturnType<Koa['callback']>; close(): Promise<void>};

/** The server without its socket: page, archive, vector tiles, PNG tiles, and their descriptions for editors. */
export function createApp(options: AppOptions): App {
  const slot = new ArchiveSlot(options.archive);
  const isFile = !/^https?:/i.test(options.archive);
  const beside = isFile ? path.join(path.dirname(options.archive), 'styles.json') : undefined;
  const saved = savedStylesOf(options.styles ?? beside, (sentence) => console.error(sentence));
  const pictures = new PictureService(options.drawing);
  const app = new Koa();
  app.on('error', (error: NodeJS.ErrnoException) => {
    if (error instanceof ArchiveUnreadable) return console.error(error.message);
    // A client that went away is no fault of the server.
    if (!['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'].includes(error.code ?? '')) console.error(error);
  });
  app.use(answerErrors);
  app.use(checkHost(options));
  app.use(allowOrigins(options));
  const router = new Router();
  router.get('/heat.pmtiles', async (ctx) => {
    const sent = isFile && (await sendFile(ctx, options.archive, 'application/vnd.pmtiles', 0));
    if (!sent) noArchive(ctx);
  });
  router.get('/tiles.json', describeTiles(slot));
  router.get('/raster.json', describeRaster(slot, saved));
  router.get('/tiles/:z/:x/:y', serveTile(slot));
  router.get('/raster/:z/:x/:y', serveRaster(slot, pictures, saved));
  router.get('/tms/:z/:x/:y', serveRaster(slot, pictures, saved, 'south'));
  router.get('/styles.json', serveStyles(saved));
  router.get('/josm/imagery.xml', serveJosm(slot, saved));
  router.get(['/wmts', '/wmts/1.0.0/WMTSCapabilities.xml'], serveWmts(slot, saved));
  const shareTiles = options.public || (options.shareTiles ?? false);
  router.get('/editors', serveEditors(slot, saved, {shareTiles, hasMap: options.client !== undefined}));
  app.use(router.routes());
  app.use(router.allowedMethods());
  if (options.client) app.use(serveClient(options.client));
  return {
    callback: app.callback(),
    async close() {
      await pictures.close();
      await slot.close();
    },
  };
}

/** Turns what is thrown, and what nobody answered, into JSON without a trace of the inside. */
async function answerErrors(ctx: Context, next: Next): Promise<void> {
  ctx.set('X-Content-Type-Options', 'nosniff');
  try {
    await next();
    if (ctx.status === 404 && !ctx.body) refuse(ctx, 404, 'not-found', `Nothing is at ${ctx.path}.`);
    else if (ctx.status === 405) refuse(ctx, 405, 'method', `${ctx.method} is not allowed at ${ctx.path}.`);
  } catch (error) {
    const {status, expose, message} = error as {status?: number; expose?: boolean; message: string};
    if (error instanceof ArchiveUnreadable) {
      refuse(ctx, 503, 'archive-unreadable', 'The archive cannot be read just now; the log of the server has more.');
      ctx.app.emit('error', error, ctx);
    } else if (status && expose) refuse(ctx, status, 'bad-request', message);
    else {
      refuse(ctx, 500, 'internal', 'Something went wrong inside; the log of the server has more.');
      ctx.app.emit('error', error, ctx);
    }
  }
}
