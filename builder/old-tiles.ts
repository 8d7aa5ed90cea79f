import type {ArchiveReader} from './archive-reader.ts';
import type {ArchiveWriter} from './archive-writer.ts';

/** Tiles of the old archive that are copied as they are, in tile-id order. */
export class OldTiles {
  private readonly old: ArchiveReader | undefined;
  private readonly touched: Set<number>;
  private entry = 0;
  private place = 0;

  constructor(old: ArchiveReader | undefined, touched: Set<number>) {
    this.old = old;
    this.touched = touched;
  }

  /** Copies the untouched tiles before a tile id. */
  copyUpTo(tile: number, writer: ArchiveWriter): void {
    const entries = this.old?.entries ?? [];
    for (; this.entry < entries.length; this.entry++, this.place = 0) {
      const entry = entries[this.entry];
      let bytes: Buffer | undefined;
      for (; this.place < entry.runLength; this.place++) {
        const id = entry.tileId + this.place;
        if (id >= tile) return;
        if (this.touched.has(id)) continue;
        bytes ??= this.old?.nextTileBytes(entry);
        if (bytes) writer.add(id, bytes);
      }
    }
  }
}
