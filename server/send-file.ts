import {createReadStream} from 'node:fs';
import {open} from 'node:fs/promises';
import type {Context} from 'koa';
import {etagOf, matchesEtag, parseRange} from './http.ts';

/**
 * Answers with a file: whole, or the one range that is asked for; 304 where the client has it, 416 where the range lies
 * outside. The file is opened once, so that an answer stays whole when another file takes its place. False where there is
 * no such file.
 */
export async function sendFile(ctx: Context, path: string, type: string, maxAge: number): Promise<boolean> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (!file) return false;
  const info = await file.stat();
  if (!info.isFile()) {
    await file.close();
    return false;
  }
  const etag = etagOf(String(info.ino), String(info.size), String(info.mtimeMs));
  ctx.set('ETag', etag);
  ctx.set('Last-Modified', info.mtime.toUTCString());
  ctx.set('Accept-Ranges', 'bytes');
  ctx.set('Cache-Control', maxAge > 0 ? `public, max-age=${maxAge}, immutable` : 'no-cache');
  ctx.type = type;
  if (matchesEtag(ctx.get('If-None-Match'), etag)) {
    ctx.status = 304;
    await file.close();
    return true;
  }
  const ifRange = ctx.get('If-Range');
  const whole = ifRange !== '' && ifRange !== etag;
  const range = whole ? undefined : parseRange(ctx.get('Range'), info.size);
  if (range === 'unsatisfiable') {
    ctx.status = 416;
    ctx.set('Content-Range', `bytes */${info.size}`);
    await file.close();
    return true;
  }
  const {start, end} = range ?? {start: 0, end: info.size - 1};
  ctx.status = range ? 206 : 200;
  if (range) ctx.set('Content-Range', `bytes ${start}-${end}/${info.size}`);
  ctx.length = end - start + 1;
  if (ctx.method === 'HEAD' || end < start) {
    await file.close();
    if (ctx.method !== 'HEAD') ctx.body = Buffer.alloc(0);
    return true;
  }
  ctx.body = createReadStream(path, {fd: file, start, end});
  ctx.length = end - start + 1;
  return true;
}
