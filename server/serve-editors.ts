import type {RouterContext} from '@koa/router';
import type {NamedStyles} from '../core/named-styles.ts';
import {formatStyle} from '../core/style.ts';
import type {ArchiveSlot} from './archive-slot.ts';
import {originOf} from './describe-tiles.ts';
import {editorsPage, editorsPolicy} from './editors-page.ts';
import {josmIcon} from './josm-icon.ts';
import {josmImagery} from './josm-imagery.ts';
import {type OfferedStyle, offeredStyles} from './offered-styles.ts';
import {parseRasterQuery} from './raster-request.ts';
import {noArchive, refuse} from './refuse.ts';
import {wmtsCapabilities} from './wmts-capabilities.ts';

/** Answers with the styles that there are: name, title, what it is for, text form. */
export function serveStyles(saved: () => NamedStyles) {
  return (ctx: RouterContext): void => {
    ctx.set('Cache-Control', 'no-cache');
    ctx.body = offeredStyles(saved()).map(({name, title, about, text}) => ({name, title, about, style: text}));
  };
}

/** Answers `/josm/imagery.xml`. */
export function serveJosm(slot: ArchiveSlot, saved: () => NamedStyles) {
  const icon = josmIcon();
  return async (ctx: RouterContext): Promise<void> => {
    const xml = await slot.use(async ({header}) => josmImagery(originOf(ctx), header, offeredStyles(saved()), icon));
    answer(ctx, 'application/xml', xml);
  };
}

/** Answers `/wmts` with the capabilities, whatever the query asks: tiles have URLs of their own. */
export function serveWmts(slot: ArchiveSlot, saved: () => NamedStyles) {
  return async (ctx: RouterContext): Promise<void> => {
    const query = [...new URLSearchParams(ctx.querystring)];
    const asked = query.find(([key]) => key.toLowerCase() === 'request')?.[1] ?? 'GetCapabilities';
    if (asked.toLowerCase() !== 'getcapabilities') {
      const message = `request: '${asked}', expected GetCapabilities; tiles are at the URLs that the capabilities tell`;
      return refuse(ctx, 400, 'bad-request', message);
    }
    const xml = await slot.use(async ({header}) => wmtsCapabilities(originOf(ctx), header, offeredStyles(saved())));
    answer(ctx, 'application/xml', xml);
  };
}

/** Answers `/editors`, the page that tells how to use the tiles elsewhere, in the style of the query string. */
export function serveEditors(
  slot: ArchiveSlot,
  saved: () => NamedStyles,
  offers: {shareTiles: boolean; hasMap: boolean},
) {
  return async (ctx: RouterContext): Promise<void> => {
    const styles = offeredStyles(saved());
    const {style, faults} = parseRasterQuery(ctx.querystring, saved());
    if (faults.length > 0) return refuse(ctx, 400, 'bad-style', faults.join('; '));
    const html = await slot.use(async ({header}) =>
      editorsPage({
        base: `${originOf(ctx)}/`,
        place: {lng: header.centerLon, lat: header.centerLat, zoom: Math.max(12, header.centerZoom + 1)},
        styles,
        chosen: chosenStyle(ctx.querystring, styles),
        query: ctx.querystring,
        text: formatStyle(style),
        ...offers,
      }),
    );
    ctx.set('Content-Security-Policy', editorsPolicy);
    answer(ctx, 'text/html', html);
  };
}

/** The style that a query string names and does not change; undefined where it is a style of its own. */
function chosenStyle(querystring: string, styles: OfferedStyle[]): OfferedStyle | undefined {
  const keys = [...new URLSearchParams(querystring).keys()];
  const name = keys.length === 0 ? 'heat' : new URLSearchParams(querystring).get('style');
  return keys.length > 1 ? undefined : styles.find((style) => style.name === name);
}

function answer(ctx: RouterContext, type: string, text: string | undefined): void {
  if (text === undefined) return noArchive(ctx);
  ctx.set('Cache-Control', 'no-cache');
  ctx.type = `${type}; charset=utf-8`;
  ctx.body = text;
}
