import {FetchSource, type RangeResponse} from 'pmtiles';

/** How long a range request may take, ms: whoever waits for a server that hangs waits for ever. */
const patienceMilliseconds = 30_000;

/** An archive at an http(s) URL, read by range requests. */
export class WebSource extends FetchSource {
  override getBytes(offset: number, length: number, signal?: AbortSignal, etag?: string): Promise<RangeResponse> {
    const patience = AbortSignal.timeout(patienceMilliseconds);
    return super.getBytes(offset, length, signal ? AbortSignal.any([signal, patience]) : patience, etag);
  }
}
