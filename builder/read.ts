import type {Format, Reading} from './activity.ts';
import {readFit} from './read/fit.ts';
import {blank, expected, formatOf} from './read/format.ts';
import {readGeoJson} from './read/geojson.ts';
import {readGpx} from './read/gpx.ts';
import {readKml} from './read/kml.ts';
import {readNmea} from './read/nmea.ts';
import {nothing} from './read/nothing.ts';
import {readTcx} from './read/tcx.ts';
import {decodeUtf16, isUtf16} from './read/utf16.ts';

const readers: Record<Format, (bytes: Uint8Array) => Reading> = {
  fit: readFit,
  gpx: readGpx,
  tcx: readTcx,
  kml: readKml,
  geojson: readGeoJson,
  nmea: readNmea,
};

/**
 * What the bytes of one unpacked file hold, decided by content and never by name. Never throws on any bytes: what is no activity
 * file, or beyond repair, has a `reason`.
 */
export function read(bytes: Uint8Array): Reading {
  if (bytes.length === 0) return nothing('failed', `found an empty file, ${expected}`);
  const {format, found} = formatOf(bytes);
  if (format === undefined) return nothing(found === blank ? 'failed' : 'not-activity', `found ${found}, ${expected}`);
  return readers[format](format !== 'fit' && isUtf16(bytes) ? decodeUtf16(bytes) : bytes);
}
