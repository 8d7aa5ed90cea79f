import {type Entry, type Header, SharedPromiseCache, type Source} from 'pmtiles';

/** Keeps an archive's header and directories, but not failures: pmtiles' own cache gives these for ever, and no tile below comes any more. */
export class DirectoryCache extends SharedPromiseCache {
  override async getHeader(source: Source): Promise<Header> {
    const header = super.getHeader(source);
    return this.unlessFailed(source.getKey(), header);
  }

  override async getDirectory(
    source: Source,
    offset: number,
    length: number,
    header: Header,
    signal?: AbortSignal,
  ): Promise<Entry[]> {
    const directory = super.getDirectory(source, offset, length, header, signal);
    return this.unlessFailed(`${source.getKey()}|${header.etag || ''}|${offset}|${length}`, directory);
  }

  /** The header is read again, once for all tiles that find another file. */
  override async invalidate(source: Source): Promise<void> {
    const key = source.getKey();
    if (this.invalidations.has(key)) return;
    this.cache.delete(key);
    // Whoever waits for the header is told why there is none.
    const read = this.getHeader(source).then(
      () => {},
      () => {},
    );
    this.invalidations.set(key, read);
    await read;
    this.invalidations.delete(key);
  }

  private async unlessFailed<T>(key: string, wanted: Promise<T>): Promise<T> {
    const entry = this.cache.get(key);
    const fetching = this.pendingFetches.get(key);
    try {
      return await wanted;
    } catch (error) {
      // Not what was asked for anew meanwhile.
      if (this.cache.get(key) === entry) this.cache.delete(key);
      if (this.pendingFetches.get(key) === fetching) this.pendingFetches.delete(key);
      throw error;
    }
  }
}
