/** Version of library.db: migrate.ts brings older ones up to it. */
export const libraryVersion = 6;

/**
 * Since version 3: the zones as they were asked for, and what cutting left of the rows of the archive. The library's secret and the
 * metres that are trimmed are among the facts.
 */
export const privacyTables = `
CREATE TABLE zones (
  number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, lng REAL NOT NULL, lat REAL NOT NULL, radius REAL NOT NULL
);
CREATE TABLE cuts (
  number INTEGER PRIMARY KEY, key TEXT NOT NULL, hash TEXT NOT NULL, start REAL, offsetMinutes REAL,
  distance REAL, moving REAL, ascent REAL, points INTEGER NOT NULL, west REAL, south REAL, east REAL, north REAL
);
`;

/**
 * What the map shows: active activities, and what only duplicates have. `version` changes with the tracks, so that an update need not
 * read them to know what has changed (since version 4); a remainder has a start of its own (since version 5).
 */
export const drawnView = `
CREATE VIEW drawn AS
  SELECT number, sport, name, gear, commute, start, offsetMinutes, distance, moving, ascent,
    west, south, east, north, points, imported, pointHash || ' ' || imported AS version, tracks
  FROM activities WHERE state = 'active'
  UNION ALL
  SELECT a.number, a.sport, a.name, a.gear, a.commute, r.start, r.offsetMinutes, r.distance, r.moving, r.ascent,
    r.west, r.south, r.east, r.north, r.points, a.imported, r.hash AS version, r.tracks
  FROM remainders r JOIN activities a ON a.number = r.number;
`;

/**
 * Since version 4 this index has all that tells how a file ended: the rows themselves, with megabytes of tracks between them, are not
 * looked at by a build with nothing new.
 */
export const activitiesByPath =
  'CREATE INDEX activitiesByPath ON activities (path, place, state, duplicateOf, forgotten);';

/**
 * Since version 4 the box is in the index, and those without times have one of their own: of thousands of activities around one home
 * each newcomer is compared with few.
 */
export const indicesByPlace = `
CREATE INDEX activitiesByPlace ON activities (west, south, east, north);
CREATE INDEX untimedByPlace ON activities (west, south, east, north) WHERE duration IS NULL OR duration = 0;
`;

/**
 * The tables of library.db, beside `facts`, which tell its version. Large columns come last, so that facts are read without them.
 *
 * - `activities`: `excluded`, `preferred` (1: asked for; 2: stood for its outing when it was taken off the map) and `forgotten` are
 *   what people and files want; `state` and `duplicateOf` follow from these and from `twins` (settle.ts) and are stored for looking
 *   up. `listed`: sport, gear and commute are of an export's table.
 * - `days`: the UTC days (of samples, signature.ts) on which an activity was somewhere.
 * - `twins`: recordings of one outing, by the hashes of their points, `a` < `b`; the clock of `b` is `minutes` ahead.
 * - `remainders`: what only a duplicate has and the map keeps; `hash` is that of its tracks (empty in those from version 3).
 */
export const schema = `
CREATE TABLE files (
  path TEXT PRIMARY KEY, archive TEXT, size INTEGER NOT NULL, modified INTEGER NOT NULL, sha256 TEXT NOT NULL, format TEXT,
  outcome TEXT NOT NULL, reason TEXT NOT NULL, sameBytes TEXT,
  activities INTEGER NOT NULL, noPosition INTEGER NOT NULL, notActivity INTEGER NOT NULL,
  points INTEGER NOT NULL, kept INTEGER NOT NULL, first REAL, last REAL
) WITHOUT ROWID;
CREATE INDEX filesBySha256 ON files (sha256);
CREATE TABLE activities (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL, place INTEGER NOT NULL,
  state TEXT NOT NULL, duplicateOf INTEGER,
  excluded INTEGER NOT NULL, preferred INTEGER NOT NULL, forgotten TEXT NOT NULL,
  sport TEXT NOT NULL, name TEXT NOT NULL, device TEXT NOT NULL, gear TEXT NOT NULL, commute INTEGER NOT NULL,
  listed INTEGER NOT NULL DEFAULT 0,
  start REAL, offsetMinutes REAL, duration REAL, distance REAL, moving REAL, ascent REAL,
  west REAL, south REAL, east REAL, north REAL,
  points INTEGER NOT NULL, kept INTEGER NOT NULL, removed TEXT NOT NULL, imported INTEGER NOT NULL,
  pointHash TEXT NOT NULL, samples INTEGER NOT NULL, firstSample INTEGER, lastSample INTEGER,
  signature BLOB, tracks BLOB
);
${activitiesByPath}
CREATE INDEX activitiesByPointHash ON activities (pointHash);
${indicesByPlace}
CREATE TABLE days (day INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (day, number)) WITHOUT ROWID;
CREATE INDEX daysByNumber ON days (number);
CREATE TABLE twins (
  a TEXT NOT NULL, b TEXT NOT NULL, cause TEXT NOT NULL, share REAL NOT NULL, minutes INTEGER NOT NULL, PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX twinsByB ON twins (b);
CREATE TABLE remainders (
  number INTEGER PRIMARY KEY, start REAL, offsetMinutes REAL, distance REAL, moving REAL, ascent REAL,
  west REAL, south REAL, east REAL, north REAL, points INTEGER NOT NULL, hash TEXT NOT NULL, tracks BLOB NOT NULL
);
${drawnView}
${privacyTables}`;
