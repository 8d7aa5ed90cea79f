import {tileOfId} from '../../core/tile-id.ts';
import {openSpool} from './spool.ts';
import type {TileSetFacts, TileSink} from './tile-sink.ts';

/** The number by which programs know an MBTiles file, "MPBX": MBTiles 1.3, section "Database Specifications". */
const applicationId = 0x4d504258;

const tables = `
CREATE TABLE metadata (name TEXT, value TEXT);
CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);
CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row);
`;

/** An MBTiles 1.3 file: rows count from the south. */
export function mbtilesSink(file: string, key: string, facts: TileSetFacts): TileSink {
  const spool = openSpool(file, key, tables, 4);
  return {
    done: spool.done,
    add(id, picture) {
      const [z, x, y] = tileOfId(id);
      spool.insert(z, x, 2 ** z - 1 - y, picture);
    },
    commit: spool.commit,
    finish() {
      const {name, description, attribution, image, minZoom, maxZoom, bounds, center} = facts;
      const rows = {
        name,
        format: image,
        bounds: bounds.join(','),
        center: center.join(','),
        minzoom: minZoom,
        maxzoom: maxZoom,
        attribution,
        description,
        type: 'overlay',
        version: '1',
      };
      for (const [key, value] of Object.entries(rows)) {
        spool.run('INSERT INTO metadata VALUES (?, ?)', key, String(value));
      }
      spool.exec(`PRAGMA application_id = ${applicationId}`);
      return spool.finish();
    },
    close: spool.close,
  };
}
