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

  private async unlessFailed<T>(key: string, wanted: Promise<T>): Promise<T> {
    try {
      return await wanted;
    } catch (error) {
      this.cache.delete(key);
      this.pendingFetches.delete(key);
      throw error;
    }
  }
}
