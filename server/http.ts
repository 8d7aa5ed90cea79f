import {createHash} from 'node:crypto';

/** A byte range of a Range header: both ends included. */
export type ByteRange = {start: number; end: number};

/**
 * The single range that a Range header asks of `size` bytes; undefined where the header is none of one byte range (then
 * the whole is sent), `unsatisfiable` where it lies outside: RFC 9110, section 14.
 */
export function parseRange(header: string, size: number): ByteRange | undefined | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  if (match[1] === '') {
    const last = Number(match[2]);
    if (last === 0) return 'unsatisfiable';
    return size === 0 ? 'unsatisfiable' : {start: Math.max(0, size - last), end: size - 1};
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (match[2] !== '' && Number(match[2]) < start) return undefined;
  return start >= size ? 'unsatisfiable' : {start, end};
}

/** A strong entity tag of bytes or of words that determine them. */
export function etagOf(...parts: (string | Uint8Array)[]): string {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part).update('\0');
  return `"${hash.digest('base64url')}"`;
}

/** Whether an If-None-Match header names the tag: weak comparison, RFC 9110, section 13.1.2. */
export function matchesEtag(header: string, etag: string): boolean {
  if (header.trim() === '*') return true;
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  return header.split(',').some((tag) => bare(tag) === bare(etag));
}
