import {ArchiveWriter} from '../builder/archive-writer.ts';
import {openSpool} from '../raster-fallback/export/spool.ts';
import type {TileSetFacts, TileSink} from '../raster-fallback/export/tile-sink.ts';

/** Tiles that are moved at once from the half-written file. */
const moved = 500;

/** A PMTiles v3 archive of pictures. Until it is finished the tiles lie in a half-written file beside it. */
export function pmtilesSink(file: string, key: string, facts: TileSetFacts): TileSink {
  const spool = openSpool(file, key, 'CREATE TABLE tiles (id INTEGER PRIMARY KEY, image BLOB)', 2);
  return {
    done: spool.done,
    add: (id, picture) => spool.insert(id, picture),
    commit: spool.commit,
    finish() {
      const {name, description, attribution, image, minZoom, maxZoom, bounds, center} = facts;
      const writer = new ArchiveWriter(file, {tileType: image});
      try {
        let last = -1;
        for (;;) {
          const rows = spool.all(`SELECT id, image FROM tiles WHERE id > ? ORDER BY id LIMIT ${moved}`, last);
          if (rows.length === 0) break;
          for (const row of rows) writer.add(row.id as number, new Uint8Array(row.image as ArrayBuffer));
          last = rows[rows.length - 1].id as number;
        }
        const metadata = {
          name,
          description,
          attribution,
          type: 'overlay',
          format: image,
          minzoom: minZoom,
          maxzoom: maxZoom,
        };
        const {bytes} = writer.finish({bounds, center, maxZoom, metadata});
        spool.discard();
        return bytes;
      } finally {
        writer.abort();
      }
    },
    close: spool.close,
  };
}
