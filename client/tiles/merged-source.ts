import type {RangeResponse, Source} from 'pmtiles';

/** Ranges with at most this many bytes between them are fetched as one: what a round trip costs is more. */
const largestGap = 32_768;

/** A merged range is not made longer than this, so that the first tiles need not wait for the last. */
const longestRange = 2_000_000;

type Request = {
  offset: number;
  length: number;
  signal: AbortSignal | undefined;
  etag: string | undefined;
  resolve(response: RangeResponse): void;
  reject(reason: unknown): void;
};

/**
 * A PMTiles source that fetches ranges asked for at the same time as few, longer ones: neighbouring tiles lie beside each other in an
 * archive. A merged request is aborted when nobody waits for it any more.
 */
export class MergedSource implements Source {
  /** Requests made of the source beneath. */
  requests = 0;
  private readonly source: Source;
  private waiting: Request[] = [];

  constructor(source: Source) {
    this.source = source;
  }

  getKey(): string {
    return this.source.getKey();
  }

  getBytes(offset: number, length: number, signal?: AbortSignal, etag?: string): Promise<RangeResponse> {
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0) setTimeout(() => this.flush());
      this.waiting.push({offset, length, signal, etag, resolve, reject});
    });
  }

  private flush(): void {
    const requests = this.waiting.filter(({signal, reject}) => {
      if (signal?.aborted) reject(signal.reason);
      return !signal?.aborted;
    });
    this.waiting = [];
    for (const group of mergeRanges(requests)) this.fetch(group);
  }

  private async fetch(group: Request[]): Promise<void> {
    const start = group[0].offset;
    const end = Math.max(...group.map(({offset, length}) => offset + length));
    const controller = new AbortController();
    let wanted = group.length;
    for (const {signal, reject} of group) {
      signal?.addEventListener('abort', () => {
        reject(signal.reason);
        if (--wanted === 0) controller.abort();
      });
    }
    this.requests++;
    try {
      const response = await this.source.getBytes(start, end - start, controller.signal, group[0].etag);
      for (const {offset, length, resolve} of group) {
        // A server that ends before the range does answers the first request of an archive with what there is.
        resolve({...response, data: response.data.slice(offset - start, offset - start + length)});
      }
    } catch (error) {
      for (const {reject} of group) reject(error);
    }
  }
}

/** Groups ranges of one version of a file whose neighbours are near enough to be fetched together, in order of offset. */
export function mergeRanges<T extends {offset: number; length: number; etag?: string | undefined}>(ranges: T[]): T[][] {
  const groups: T[][] = [];
  let start = 0;
  let end = 0;
  for (const range of ranges.toSorted((a, b) => a.offset - b.offset)) {
    const group = groups.at(-1);
    const isNear = range.offset - end <= largestGap && range.offset + range.length - start <= longestRange;
    if (group && isNear && group[0].etag === range.etag) group.push(range);
    else {
      groups.push([range]);
      start = range.offset;
      end = 0;
    }
    end = Math.max(end, range.offset + range.length);
  }
  return groups;
}
