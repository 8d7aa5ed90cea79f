import {randomUUID} from 'node:crypto';
import type {RangeResponse, Source} from 'pmtiles';

/** How long a range request may take, ms: whoever waits for a server that hangs waits for ever. */
const patienceMilliseconds = 30_000;

/** What tells one file at a URL from another: its ETag or else its date, and its bytes; empty what the server does not say. */
export type Validator = {tag: string; size: string};

/** The validator that an answer to a range request gives. */
export function validatorOf({headers}: Response): Validator {
  // A weak ETag may be that of a strong one which a proxy weakened: RFC 9110, section 8.8.3.2.
  const tag = headers.get('etag')?.replace(/^W\//, '') ?? headers.get('last-modified') ?? '';
  return {tag, size: /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1] ?? ''};
}

/**
 * An archive at an http(s) URL, read by range requests. Rejects, and is `replaced`, as soon as an answer is of another file
 * than the first one was. The library gets no ETag, because it would go on with the other file.
 */
export class WebSource implements Source {
  readonly url: string;
  /** Another file was found at the URL. */
  replaced = false;
  private readonly unknown = randomUUID();
  private first: Validator | undefined;

  constructor(url: string) {
    this.url = url;
  }

  /** The validator of the file, known after the first read; random where the server sends neither ETag nor date. */
  get identity(): string {
    return this.first?.tag ? `${this.first.tag} ${this.first.size}`.trimEnd() : this.unknown;
  }

  getKey(): string {
    return this.url;
  }

  async getBytes(offset: number, length: number, signal?: AbortSignal): Promise<RangeResponse> {
    const patience = AbortSignal.timeout(patienceMilliseconds);
    const answer = await fetch(this.url, {
      headers: {range: `bytes=${offset}-${offset + length - 1}`},
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
    });
    try {
      this.checkSame(answer);
      // Some servers refuse the library's first read, which asks for more than a small archive has.
      const size = Number(validatorOf(answer).size);
      if (answer.status === 416 && offset === 0 && size > 0 && size < length) {
        await answer.body?.cancel();
        return await this.getBytes(0, size, signal);
      }
      this.checkRange(answer, length);
    } catch (error) {
      await answer.body?.cancel();
      throw error;
    }
    return {data: await answer.arrayBuffer()};
  }

  private checkSame(answer: Response): void {
    // Of a range behind the end of a shorter file only its size is told; other refusals tell nothing of the file.
    if (!answer.ok && answer.status !== 416) return;
    const now = validatorOf(answer);
    if (answer.ok) this.first ??= now;
    if (this.first && (differ(this.first.tag, now.tag) || differ(this.first.size, now.size))) this.replaced = true;
    if (this.replaced) throw new Error(`${this.url}: the archive was replaced while it was open`);
  }

  private checkRange({ok, status, headers}: Response, length: number): void {
    if (!ok) throw new Error(`${this.url}: answered ${status}`);
    // Some servers answer 200 with what was asked for; others do so with the whole file.
    const bytes = headers.get('content-length');
    if (status === 200 && !(bytes && Number(bytes) <= length)) {
      throw new Error(`${this.url}: answered with the whole file, expected a server that allows range requests`);
    }
  }
}

/** Whether both are known and not the same. */
function differ(a: string, b: string): boolean {
  return a !== '' && b !== '' && a !== b;
}
