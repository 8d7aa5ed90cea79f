import {isIP} from 'node:net';
import type {Context, Middleware, Next} from 'koa';

/** Who may ask this server what. */
export type GuardOptions = {
  /** Names beside localhost under which the server may be asked, without port. */
  hosts: string[];
  /** Origins beside openstreetmap.org that may read raster tiles and their descriptions. */
  origins: string[];
  /** The same origins may read vector tiles, so that iD shows them as custom map data. */
  shareTiles?: boolean;
  /** Everybody may read everything: for an archive that was made to be published. */
  public: boolean;
};

/** Editors that run on another origin and read raster tiles. */
const editors = ['https://www.openstreetmap.org'];

/** Raster tiles and their descriptions. */
const forEditors = /^\/(raster\/|tms\/|wmts(\/|$)|josm\/|raster\.json$)/;

const vectorTiles = /^\/(tiles\/|tiles\.json$)/;

/**
 * Refuses requests for any other host name with 421. Without this any web page could have its own name point to this
 * machine and read where its visitor lives (DNS rebinding). An address points to nothing but itself, and is answered.
 */
export function checkHost({hosts}: GuardOptions): Middleware {
  const allowed = new Set(['localhost', ...hosts.map((host) => host.toLowerCase())]);
  return async (ctx: Context, next: Next) => {
    const name = ctx.request.get('host').toLowerCase().replace(/:\d+$/, '');
    if (allowed.has(name) || isIP(name.replace(/^\[(.*)\]$/, '$1'))) return next();
    ctx.status = 421;
    ctx.body = {
      code: 'wrong-host',
      message: `This server does not answer for '${name}'. Start it with --allow-host ${name} if it should.`,
    };
  };
}

/**
 * Says which other origins may read an answer: raster tiles and their descriptions for editors and configured origins,
 * everything else for none. Never `*` unless the server is public.
 */
export function allowOrigins({origins, shareTiles, public: open}: GuardOptions): Middleware {
  const allowed = new Set([...editors, ...origins]);
  return async (ctx: Context, next: Next) => {
    const shared = forEditors.test(ctx.path) || (shareTiles && vectorTiles.test(ctx.path));
    const origin = ctx.request.get('origin');
    if (open) ctx.set('Access-Control-Allow-Origin', '*');
    else if (shared) {
      ctx.vary('Origin');
      if (allowed.has(origin)) ctx.set('Access-Control-Allow-Origin', origin);
    }
    if (!open && !shared) ctx.set('Cross-Origin-Resource-Policy', 'same-origin');
    if (ctx.method === 'OPTIONS') {
      if (ctx.response.get('Access-Control-Allow-Origin')) {
        ctx.set('Access-Control-Allow-Methods', 'GET, HEAD');
        ctx.set('Access-Control-Allow-Headers', 'Range, If-None-Match');
        ctx.set('Access-Control-Max-Age', '600');
        // A page of the internet that reads from this machine: https://wicg.github.io/private-network-access/.
        if (ctx.get('Access-Control-Request-Private-Network')) ctx.set('Access-Control-Allow-Private-Network', 'true');
      }
      ctx.status = 204;
      return;
    }
    if (ctx.response.get('Access-Control-Allow-Origin')) {
      ctx.set('Access-Control-Expose-Headers', 'ETag, Content-Range, Content-Length');
    }
    await next();
  };
}
