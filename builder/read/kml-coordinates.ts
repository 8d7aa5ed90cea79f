import {numberIn} from './xml-bytes.ts';

/** A position of a KML file: degrees and metres, NaN where it has none or what is there is no number. */
export type KmlPosition = {lng: number; lat: number; elevation: number};

/**
 * Calls `found` for each `longitude,latitude,altitude` in the text `bytes[from, to)` of a `<coordinates>`, with the bytes of
 * it. Blanks part positions, but may also stand around commas, as some write them. What is no number is NaN.
 */
export function readCoordinates(
  bytes: Uint8Array,
  from: number,
  to: number,
  found: (lng: number, lat: number, elevation: number, at: number, end: number) => void,
): void {
  let at = skipBlanks(bytes, from, to);
  while (at < to) {
    const start = at;
    let lng = Number.NaN;
    let lat = Number.NaN;
    let elevation = Number.NaN;
    for (let field = 0; ; field++) {
      const end = skipField(bytes, at, to);
      const number = end > at ? numberIn(bytes, at, end) : Number.NaN;
      if (field === 0) lng = number;
      else if (field === 1) lat = number;
      else if (field === 2) elevation = number;
      at = end;
      const next = skipBlanks(bytes, at, to);
      if (next >= to || bytes[next] !== comma) break;
      at = skipBlanks(bytes, next + 1, to);
    }
    found(lng, lat, elevation, start, at);
    at = skipBlanks(bytes, at, to);
  }
}

/** Reads the `longitude latitude altitude` of a `<gx:coord>` into `position`; false where there is nothing but blanks. */
export function readGxCoord(bytes: Uint8Array, from: number, to: number, position: KmlPosition): boolean {
  position.lng = Number.NaN;
  position.lat = Number.NaN;
  position.elevation = Number.NaN;
  let at = skipBlanks(bytes, from, to);
  if (at === to) return false;
  for (let field = 0; field < 3 && at < to; field++) {
    const end = skipField(bytes, at, to);
    const number = end > at ? numberIn(bytes, at, end) : Number.NaN;
    if (field === 0) position.lng = number;
    else if (field === 1) position.lat = number;
    else position.elevation = number;
    at = skipBlanks(bytes, end, to);
    if (bytes[at] === comma) at = skipBlanks(bytes, at + 1, to);
  }
  return true;
}

const comma = 0x2c;

function skipBlanks(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] <= 0x20) at++;
  return at;
}

function skipField(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] > 0x20 && bytes[at] !== comma) at++;
  return at;
}
