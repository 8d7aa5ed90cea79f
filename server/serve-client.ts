import path from 'node:path';
import type {Context, Next} from 'koa';
import {frameless, pagePolicy} from '../core/content-policy.ts';
import {sendFile} from './send-file.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.map': 'application/json; charset=utf-8',
};

/** A year, s: files whose name holds a hash of their content never change. */
const forever = 31_536_000;

/** Serves the built page from a folder; `/` is index.html. Only known types, and nothing outside the folder. */
export function serveClient(folder: string) {
  return async (ctx: Context, next: Next): Promise<void> => {
    const name = ctx.path === '/' ? '/index.html' : ctx.path;
    const type = types[path.extname(name)];
    // Names of built files are plain: whatever else is asked for (dots, escapes) is not among them.
    const plain = /^(\/[\w-][\w.-]*)+$/.test(name) && !name.includes('..');
    if (!type || !plain || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next();
    // Scripts, too: a worker goes by the policy that came with its file.
    ctx.set('Content-Security-Policy', `${pagePolicy}; ${frameless}`);
    const sent = await sendFile(ctx, path.join(folder, name), type, name.startsWith('/assets/') ? forever : 0);
    if (sent) return;
    ctx.remove('Content-Security-Policy');
    return next();
  };
}
