import {statSync} from 'node:fs';
import {type HeatArchive, openArchive} from '../raster-fallback/archive.ts';
import {validatorOf} from '../raster-fallback/web-source.ts';

/** How often a server asks whether the archive at a URL is still the same, ms. */
const urlMilliseconds = 60_000;

/** The archive cannot be read just now. */
export class ArchiveUnreadable extends Error {}

/**
 * The archive that a server serves now, at a path or an http(s) URL. When another file has taken its place it is opened on
 * the next request (at a URL within a minute, or as soon as a read finds another file there); requests that began on the old
 * one finish on it, where it is a file, and it is closed after the last of them.
 */
export class ArchiveSlot {
  readonly name: string;
  private readonly isUrl: boolean;
  private current: {archive: HeatArchive; stamp: string; users: number; retired: boolean} | undefined;
  private opening: Promise<void> | undefined;
  private asked = 0;

  constructor(pathOrUrl: string) {
    this.name = pathOrUrl;
    this.isUrl = /^https?:\/\//i.test(pathOrUrl);
  }

  /** Calls `use` with the archive; undefined where there is none yet. Rejects with {@link ArchiveUnreadable}. */
  async use<T>(use: (archive: HeatArchive) => Promise<T>): Promise<T | undefined> {
    const changed = this.isUrl ? this.refreshUrl() : this.refreshFile();
    if (changed) await changed;
    const slot = this.current;
    if (!slot) return undefined;
    slot.users++;
    try {
      return await use(slot.archive);
    } catch (error) {
      if (!slot.archive.replaced) throw error;
      throw new ArchiveUnreadable((error as Error).message, {cause: error});
    } finally {
      slot.users--;
      if (slot.retired && slot.users === 0) await slot.archive.close();
    }
  }

  async close(): Promise<void> {
    await this.opening?.catch(() => undefined);
    await this.retire();
  }

  /** What to wait for where another file has taken the place. */
  private refreshFile(): Promise<void> | undefined {
    // Synchronous: a look at a local file takes microseconds, and the way through the thread pool ten times that.
    const info = statSync(this.name, {throwIfNoEntry: false});
    const stamp = info && `${info.ino}-${info.size}-${info.mtimeMs}`;
    if (stamp === this.current?.stamp) return undefined;
    return this.once(() => this.replace(stamp));
  }

  /** What to wait for where nothing that can be read is open; later changes are found in the background. */
  private refreshUrl(): Promise<void> | undefined {
    const now = performance.now();
    const readable = this.current && !this.current.archive.replaced;
    if (readable && now - this.asked < urlMilliseconds) return undefined;
    this.asked = now;
    const check = this.once(async () => {
      const stamp = await urlStamp(this.name);
      if (stamp !== this.current?.stamp || this.current.archive.replaced) await this.replace(stamp);
    });
    if (!readable) return check;
    // What is open is good until the next one can be read.
    check.catch(() => undefined);
    return undefined;
  }

  /** All who ask for the same wait for the same. */
  private once(open: () => Promise<void>): Promise<void> {
    this.opening ??= open()
      .catch((error: Error) => {
        throw new ArchiveUnreadable(error.message, {cause: error});
      })
      .finally(() => {
        this.opening = undefined;
      });
    return this.opening;
  }

  private async replace(stamp: string | undefined): Promise<void> {
    const archive = stamp === undefined ? undefined : await openArchive(this.name);
    await this.retire();
    if (archive && stamp !== undefined) this.current = {archive, stamp, users: 0, retired: false};
  }

  private async retire(): Promise<void> {
    const old = this.current;
    this.current = undefined;
    if (!old) return;
    old.retired = true;
    if (old.users === 0) await old.archive.close();
  }
}

/** What tells one file at a URL from another. Asked by GET, because signed URLs often allow nothing else. */
async function urlStamp(url: string): Promise<string> {
  const answer = await fetch(url, {headers: {range: 'bytes=0-0'}, signal: AbortSignal.timeout(30_000)});
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`${url}: answered ${answer.status}`);
  const {tag, size} = validatorOf(answer);
  return `${tag} ${size}`;
}
