import {stat} from 'node:fs/promises';
import {type HeatArchive, openArchive} from '../raster-fallback/archive.ts';

/**
 * The archive that a server serves now. When another file has taken its place it is opened on the next request; requests
 * that began on the old one finish on it, and it is closed after the last of them.
 */
export class ArchiveSlot {
  readonly path: string;
  private current: {archive: HeatArchive; stamp: string; users: number; retired: boolean} | undefined;
  private opening: Promise<void> | undefined;

  constructor(path: string) {
    this.path = path;
  }

  /** Calls `use` with the archive; undefined where there is none yet. */
  async use<T>(use: (archive: HeatArchive) => Promise<T>): Promise<T | undefined> {
    await this.refresh();
    const slot = this.current;
    if (!slot) return undefined;
    slot.users++;
    try {
      return await use(slot.archive);
    } finally {
      slot.users--;
      if (slot.retired && slot.users === 0) await slot.archive.close();
    }
  }

  async close(): Promise<void> {
    await this.retire();
  }

  private async refresh(): Promise<void> {
    const stamp = await stampOf(this.path);
    if (stamp === this.current?.stamp) return;
    this.opening ??= this.open(stamp).finally(() => {
      this.opening = undefined;
    });
    await this.opening;
  }

  private async open(stamp: string | undefined): Promise<void> {
    const archive = stamp === undefined ? undefined : await openArchive(this.path);
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

/** What tells one file at a path from another. */
async function stampOf(path: string): Promise<string | undefined> {
  try {
    const {ino, size, mtimeMs} = await stat(path);
    return `${ino}-${size}-${mtimeMs}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
