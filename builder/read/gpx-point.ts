import {isoTime} from './iso-time.ts';
import {nameId, nextAttribute, nextTag, numberIn, numberText, plainText, powersOfTen, type Xml} from './xml-bytes.ts';

/** A `<trkpt>` or `<rtept>`; NaN where it says nothing. */
export type GpxPoint = {
  lng: number;
  lat: number;
  time: number;
  elevation: number;
  /** The bytes of its time, and of its start tag. */
  timeFrom: number;
  timeTo: number;
  tagStart: number;
  tagEnd: number;
};

/** A point to read into. */
export function newGpxPoint(): GpxPoint {
  const none = Number.NaN;
  return {lng: none, lat: none, time: none, elevation: none, timeFrom: 0, timeTo: 0, tagStart: 0, tagEnd: 0};
}

const trkpt = nameId('trkpt');
const gpx = nameId('gpx');
const trk = nameId('trk');
const trkseg = nameId('trkseg');
const rte = nameId('rte');
const time = nameId('time');
const ele = nameId('ele');
const lat = nameId('lat');
const lon = nameId('lon');
const extensions = nameId('extensions');

/**
 * Reads the point whose start tag is at hand and goes on behind it; false where the file ends first. Of its children only those
 * with its own prefix count, and none in extensions. A point that is not closed ends where the next thing begins.
 */
export function readPoint(xml: Xml, point: GpxPoint): boolean {
  const {bytes} = xml;
  clear(point);
  point.tagStart = xml.start;
  point.tagEnd = xml.at;
  while (nextAttribute(xml)) {
    if (xml.attribute === lat) point.lat = numberIn(bytes, xml.from, xml.to);
    else if (xml.attribute === lon) point.lng = numberIn(bytes, xml.from, xml.to);
  }
  return xml.empty || readChildren(xml, point, xml.name, xml.prefix);
}

/** Reads what is in the point `own` from `xml.at` on. */
function readChildren(xml: Xml, point: GpxPoint, own: number, prefix: number): boolean {
  const {bytes} = xml;
  let extended = false;
  while (nextTag(xml)) {
    const tag = xml.name;
    if (xml.closing) {
      if (tag === own) return true;
      if (tag === extensions) extended = false;
      else if (tag === trkseg || tag === trk || tag === rte || tag === gpx) {
        xml.at = xml.start;
        return true;
      }
    } else if (tag === own || tag === trkseg || tag === trk || tag === rte) {
      xml.at = xml.start;
      return true;
    } else if (tag === extensions) {
      extended = !xml.empty;
    } else if (!extended && xml.prefix === prefix) {
      if (tag === time && Number.isNaN(point.time)) {
        plainText(xml);
        point.timeFrom = xml.from;
        point.timeTo = xml.to;
        point.time = isoTime(bytes, xml.from, xml.to);
      } else if (tag === ele && Number.isNaN(point.elevation)) {
        point.elevation = numberText(xml);
      }
    }
  }
  return false;
}

function clear(point: GpxPoint): void {
  point.lng = Number.NaN;
  point.lat = Number.NaN;
  point.time = Number.NaN;
  point.elevation = Number.NaN;
}

/**
 * Reads the point that comes next if it looks as nearly every program writes it: `<trkpt lat="…" lon="…">`, `<ele>`, `<time>`, with
 * nothing but blanks between. Undefined, with nothing read, where it does not; else as {@link readPoint}, which reads the same in
 * twice the time, tag by tag. Whatever else is in the point is left to that.
 */
export function readPlainPoint(xml: Xml, point: GpxPoint): boolean | undefined {
  const {bytes, view} = xml;
  // Far from the end no loop has to look where it is.
  if (xml.at > bytes.length - farFromEnd) return undefined;
  let at = skipBlanks(bytes, xml.at);
  const start = at;
  if (!isText(view, at, trkptOpen)) return undefined;
  clear(point);
  at = plainNumber(bytes, at + trkptOpen.length);
  if (!isText(view, at, andLon)) return undefined;
  point.lat = number[0];
  at = plainNumber(bytes, at + andLon.length);
  if (bytes[at] !== 0x22 || bytes[at + 1] !== 0x3e) return undefined;
  point.lng = number[0];
  at += 2;
  point.tagStart = start;
  point.tagEnd = at;

  at = skipBlanks(bytes, at);
  if (isText(view, at, eleOpen)) {
    const end = plainNumber(bytes, at + eleOpen.length);
    if (isText(view, end, eleClose)) {
      point.elevation = number[0];
      at = skipBlanks(bytes, end + eleClose.length);
    }
  }
  if (isText(view, at, timeOpen)) {
    const from = at + timeOpen.length;
    // Where a colon stands this far behind, the text is no shorter than a time.
    let to = bytes[from + 16] === 0x3a ? from + 17 : from;
    while (bytes[to] !== 0x3c && to < from + mostBytes) to++;
    if (isText(view, to, timeClose)) {
      point.timeFrom = from;
      point.timeTo = to;
      point.time = isoTime(bytes, from, to);
      at = skipBlanks(bytes, to + timeClose.length);
    }
  }
  if (isText(view, at, extensionsOpen)) at = skipExtensions(xml, at);
  if (isText(view, at, trkptClose)) {
    xml.at = at + trkptClose.length;
    return true;
  }
  xml.at = at;
  return readChildren(xml, point, trkpt, 0);
}

/** Text that is compared four bytes at a time; the last four may overlap those before. */
type Literal = {length: number; words: Uint32Array};

function literal(text: string): Literal {
  const bytes = Buffer.from(text, 'latin1');
  const words = new Uint32Array(Math.ceil(bytes.length / 4));
  for (let i = 0; i < words.length; i++) words[i] = bytes.readUInt32BE(Math.min(4 * i, bytes.length - 4));
  return {length: bytes.length, words};
}

const trkptOpen = literal('<trkpt lat="');
const andLon = literal('" lon="');
const eleOpen = literal('<ele>');
const eleClose = literal('</ele>');
const timeOpen = literal('<time>');
const timeClose = literal('</time>');
const extensionsOpen = literal('<extensions>');
const extensionsClose = literal('</extensions>');
const trkptClose = literal('</trkpt>');
const trkpt4 = literal('trkp');

const mostDigits = 20;
/** Longest run of blanks, number and time that the plain reading takes, and more than a point of such runs is long. */
const mostBytes = 48;
const farFromEnd = 1024;

function isText(view: DataView, at: number, {length, words}: Literal): boolean {
  const last = words.length - 1;
  for (let i = 0; i < last; i++) if (view.getUint32(at + 4 * i) !== words[i]) return false;
  return view.getUint32(at + length - 4) === words[last];
}

function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] <= 0x20 && at < from + mostBytes) at++;
  return at;
}

/** The number that {@link plainNumber} read: doubles that are handed over would be put on the heap, three a point. */
const number = new Float64Array(1);

/**
 * Reads the decimal number at `at`, without blanks and signs but minus, into `number`; NaN for none. Returns where it ends; `at` where
 * it is too long for the plain reading, or has no digit before the point. As in {@link numberIn}, digits behind the twentieth are left out.
 */
function plainNumber(bytes: Uint8Array, at: number): number {
  const negative = bytes[at] === 0x2d;
  const first = negative ? at + 1 : at;
  let q = first;
  let digit = bytes[q] - 48;
  // Up to nine digits at once, as a whole number of 32 bits.
  let whole = 0;
  for (; digit >= 0 && digit <= 9; digit = bytes[++q] - 48) whole = (whole * 10 + digit) | 0;
  const wholeDigits = q - first;
  let mantissa = whole;
  let fractionDigits = 0;
  if (digit === -2) {
    const point = q;
    const most = first + mostDigits + 1;
    let fraction = 0;
    digit = bytes[++q] - 48;
    for (; digit >= 0 && digit <= 9 && q <= point + 9; digit = bytes[++q] - 48) fraction = (fraction * 10 + digit) | 0;
    fractionDigits = q - point - 1;
    mantissa = whole * powersOfTen[fractionDigits] + fraction;
    for (; digit >= 0 && digit <= 9 && q < most; digit = bytes[++q] - 48) {
      mantissa = mantissa * 10 + digit;
      fractionDigits++;
    }
    while (digit >= 0 && digit <= 9 && q < at + mostBytes) digit = bytes[++q] - 48;
  }
  const value = mantissa / powersOfTen[fractionDigits];
  number[0] = wholeDigits === 0 ? Number.NaN : negative ? -value : value;
  return wholeDigits === 0 || wholeDigits > 9 ? at : q;
}

/**
 * Behind the extensions at `at` and the blanks after them; `at` itself where a point or a comment begins or ends in them, or the
 * bytes end: the general reading sees to those.
 */
function skipExtensions({bytes, view}: Xml, at: number): number {
  const end = bytes.length - farFromEnd;
  for (let q = nextOpen(view, at + extensionsOpen.length, end); q < end; q = nextOpen(view, q + 1, end)) {
    const next = bytes[q + 1];
    if (next === 0x21 || isText(view, q + 1, trkpt4) || isText(view, q + 2, trkpt4)) return at;
    if (next === 0x2f && isText(view, q, extensionsClose)) return skipBlanks(bytes, q + extensionsClose.length);
  }
  return at;
}

/** Where the next `<` is, from `from` on; `end` or more where there is none before. Extensions are two thirds of many files. */
function nextOpen(view: DataView, from: number, end: number): number {
  for (let q = from; q < end; q += 4) {
    // Four bytes at once: a byte of `zeros` has its top bit where it was a `<`; the lowest such bit is exact.
    const bits = view.getInt32(q, true) ^ 0x3c3c3c3c;
    const zeros = (bits - 0x01010101) & ~bits & 0x80808080;
    if (zeros !== 0) return q + ((31 - Math.clz32(zeros & -zeros)) >> 3);
  }
  return end;
}
