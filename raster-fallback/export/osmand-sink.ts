import {tileOfId} from '../../core/tile-id.ts';
import {openSpool} from './spool.ts';
import type {TileSetFacts, TileSink} from './tile-sink.ts';

/**
 * Zooms are stored as what is missing to this one, those beyond it as negative numbers: "BigPlanet" numbering, which OsmAnd,
 * Locus and RMaps read (OsmAnd, technical documentation, "Tiles SQLite Format").
 */
const bigPlanet = (zoom: number) => 17 - zoom;

const tables = `
CREATE TABLE tiles (x INTEGER, y INTEGER, z INTEGER, s INTEGER, image BLOB, PRIMARY KEY (x, y, z, s));
CREATE TABLE info (minzoom INTEGER, maxzoom INTEGER, tilenumbering TEXT, tilesize INTEGER, ellipsoid INTEGER,
  inverted_y INTEGER, timecolumn TEXT, expireminutes INTEGER, title TEXT);
CREATE TABLE android_metadata (locale TEXT);
`;

/** An OsmAnd .sqlitedb: rows count from the north. */
export function osmandSink(file: string, key: string, facts: TileSetFacts): TileSink {
  const spool = openSpool(file, key, tables, 5);
  return {
    done: spool.done,
    add(id, picture) {
      const [z, x, y] = tileOfId(id);
      spool.insert(x, y, bigPlanet(z), 0, picture);
    },
    commit: spool.commit,
    finish() {
      // Numbers the other way round: the deepest zoom has the smallest.
      spool.run(
        'INSERT INTO info VALUES (?, ?, ?, ?, 0, 0, ?, 0, ?)',
        bigPlanet(facts.maxZoom),
        bigPlanet(facts.minZoom),
        'BigPlanet',
        facts.pixels,
        'no',
        facts.name,
      );
      // Android wants this table, and cannot make it in a file that it may only read.
      spool.run('INSERT INTO android_metadata VALUES (?)', 'en_US');
      return spool.finish();
    },
    close: spool.close,
  };
}
