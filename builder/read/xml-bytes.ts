import {decodeAs} from './text.ts';

/**
 * A place in the bytes of an XML file, moved on from tag to tag by {@link nextTag}.
 *
 * This is no XML parser: it reads bytes that a parser would refuse (unescaped text, control characters, undeclared prefixes,
 * wrong nesting, files that end anywhere), keeps no tree, so that depth costs nothing, and expands no entity of the file.
 */
export type Xml = {
  bytes: Buffer;
  view: DataView;
  /** Where the search for the next tag begins; just behind the tag that was found. */
  at: number;
  /** The tag that was found: where its `<` is, the {@link nameId} of its local name, the length of its prefix with colon. */
  start: number;
  name: number;
  prefix: number;
  /** `</name>` */
  closing: boolean;
  /** `<name/>` */
  empty: boolean;
  /** Where the name ends, and the `>` of the tag. */
  nameEnd: number;
  tagEnd: number;
  /** Where the values of its attributes begin and end, in pairs, counted from `start`; and how many numbers that are. */
  values: Uint32Array;
  valueEnd: number;
  /** Which of them is the next, by {@link nextAttribute}. */
  nextValue: number;
  /** The {@link nameId} of the local name of the attribute that was found, and its value or another text `[from, to)`. */
  attribute: number;
  from: number;
  to: number;
  /** The bytes ended inside a tag, a comment or a CDATA section. */
  cut: boolean;
  /** A `<!…` without end was met: all further ones are text, so that many of them cannot make the reading slow. */
  openDeclaration: boolean;
};

/** The start of the bytes. Always a Buffer, as the loops are faster when they see one kind of array. */
export function openXml(bytes: Uint8Array): Xml {
  return {
    bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    at: 0,
    start: 0,
    name: 0,
    prefix: 0,
    closing: false,
    empty: false,
    nameEnd: 0,
    tagEnd: 0,
    values: new Uint32Array(mostValues),
    valueEnd: 0,
    nextValue: 0,
    attribute: 0,
    from: 0,
    to: 0,
    cut: false,
    openDeclaration: false,
  };
}

/**
 * A number for a name, so that names are compared without making strings; upper and lower case are one. Rotating is quicker than
 * multiplying, and tells the few names apart that are asked for.
 */
export function nameId(name: string): number {
  let id = 0;
  for (let i = 0; i < name.length; i++) id = ((id << 5) | (id >>> 27)) ^ (name.charCodeAt(i) | 0x20);
  return id;
}

/** Finds the next tag behind `xml.at`; false at the end. Comments, CDATA, declarations and processing instructions are skipped. */
export function nextTag(xml: Xml): boolean {
  const {bytes, values} = xml;
  const length = bytes.length;
  let at = xml.at;
  for (;;) {
    at = findTagStart(bytes, at);
    if (at + 1 >= length) break;
    let q = at + 1;
    let c = bytes[q];
    if (c === 0x21 || c === 0x3f) {
      at = c === 0x21 ? skipDeclaration(xml, at) : skipInstruction(xml, at);
      continue;
    }
    const closing = c === slash;
    if (closing) q++;

    const nameStart = q;
    let prefix = 0;
    let id = 0;
    for (; q < length; q++) {
      c = bytes[q];
      if (endsName[c] === 1) break;
      if (c === 0x3a) {
        prefix = q + 1 - nameStart;
        id = 0;
      } else {
        id = ((id << 5) | (id >>> 27)) ^ (c | 0x20);
      }
    }
    if (q === nameStart) {
      // A bare `<` in text.
      at = q;
      continue;
    }

    const nameEnd = q;
    let value = 0;
    while (q < length && c !== greater && c !== less) {
      if (c === 0x22 || c === 0x27) {
        const from = q + 1;
        const quote = c;
        for (q = from; q < length; q++) {
          c = bytes[q];
          if (c === quote || c === less) break;
        }
        if (q === length || c === less) break;
        if (value < mostValues) {
          values[value++] = from - at;
          values[value++] = q - at;
        }
      }
      c = bytes[++q];
    }
    if (q >= length) break;
    if (c === less) {
      // `<` is allowed nowhere in a tag: this one was damaged, and the next begins here.
      at = q;
      continue;
    }
    xml.start = at;
    xml.name = id;
    xml.prefix = prefix;
    xml.closing = closing;
    xml.empty = bytes[q - 1] === slash;
    xml.nameEnd = nameEnd;
    xml.tagEnd = q;
    xml.valueEnd = value;
    xml.nextValue = 0;
    xml.at = q + 1;
    return true;
  }
  if (at < length) xml.cut = true;
  xml.at = length;
  return false;
}

/** Finds the next attribute of the tag at hand; false behind the last. */
export function nextAttribute(xml: Xml): boolean {
  const {bytes, values, start} = xml;
  if (xml.nextValue >= xml.valueEnd) return false;
  const from = start + values[xml.nextValue++];
  // The name stands before the quote and the equals sign.
  let end = from - 1;
  while (bytes[end - 1] <= 0x20 || bytes[end - 1] === equals) end--;
  let at = end;
  while (endsName[bytes[at - 1]] === 0 && bytes[at - 1] !== 0x3a) at--;
  let id = 0;
  for (; at < end; at++) id = ((id << 5) | (id >>> 27)) ^ (bytes[at] | 0x20);
  xml.attribute = id;
  xml.from = from;
  xml.to = start + values[xml.nextValue++];
  return true;
}

/**
 * Puts the text between the tag at hand and the next `<` in `xml.from`, `xml.to`, and goes on behind it and, where it follows, the
 * end tag.
 */
export function plainText(xml: Xml): void {
  const {bytes, at} = xml;
  const to = findTagStart(bytes, at);
  xml.from = at;
  xml.to = to;
  endElement(xml, to);
}

/** The decimal number that is the text of the element at hand, NaN where there is anything else; goes on like {@link plainText}. */
export function numberText(xml: Xml): number {
  const {bytes} = xml;
  const to = findTagStart(bytes, xml.at);
  const value = numberIn(bytes, xml.at, to);
  endElement(xml, to);
  return value;
}

/** Goes on behind the tag at `at` if that is as long as the end tag of the element at hand: it is not looked at twice. */
function endElement(xml: Xml, at: number): void {
  const {bytes} = xml;
  const end = at + 1 + xml.nameEnd - xml.start;
  xml.at = bytes[at + 1] === slash && bytes[end] === greater ? end + 1 : at;
}

/**
 * A decimal number in `bytes[from, to)`, NaN where there is anything else: `37,12`, `NaN`, `Infinity`, `0x10` and an empty text
 * are no numbers. Up to 15 digits it is exact, as they and their power of ten are whole doubles and one division rounds once; of
 * more digits it is so to a few units of the last place, and those behind the twentieth are left out.
 */
export function numberIn(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  const negative = bytes[at] === 0x2d;
  if (negative) at++;
  let mantissa = 0;
  let point = -1;
  const start = at;
  const most = at + mostDigits + 1;
  for (; at < to; at++) {
    const digit = bytes[at] - 48;
    if (digit >= 0 && digit <= 9) {
      if (at < most) mantissa = mantissa * 10 + digit;
    } else if (digit === -2 && point < 0) {
      point = at;
    } else {
      return oddNumber(bytes, from, to);
    }
  }
  const end = at < most ? at : most;
  if (point < 0 || point >= end || end - start < 2) return oddNumber(bytes, from, to);
  const value = mantissa / powersOfTen[end - point - 1];
  return negative ? -value : value;
}

/**
 * The text of the element at hand, behind its start tag, with CDATA marks and entities resolved and white space collapsed;
 * goes on behind its end tag. An element that is not closed soon ends at the next `<`.
 */
export function elementText(xml: Xml, encoding: string): string {
  return collapse(elementContent(xml, encoding));
}

/** The first line of the text of the element at hand that is not blank; else as {@link elementText}. */
export function elementLine(xml: Xml, encoding: string): string {
  const lines = elementContent(xml, encoding).split(/[\r\n]+/);
  return lines.map(collapse).find((line) => line !== '') ?? '';
}

/** The text in `bytes[from, to)` with CDATA marks and entities resolved, comments left out and white space collapsed. */
export function textIn(bytes: Buffer, from: number, to: number, encoding: string): string {
  return collapse(contentIn(bytes, from, to, encoding));
}

function elementContent(xml: Xml, encoding: string): string {
  const {bytes} = xml;
  const from = xml.at;
  const {name} = xml;
  const seek = {...xml, bytes: bytes.subarray(0, from + longestText)};
  if (xml.empty) return '';
  while (nextTag(seek)) {
    if (seek.name !== name) continue;
    if (!seek.closing) break;
    xml.at = seek.at;
    return contentIn(bytes, from, seek.start, encoding);
  }
  plainText(xml);
  return contentIn(bytes, xml.from, Math.min(xml.to, from + longestText), encoding);
}

function contentIn(bytes: Buffer, from: number, to: number, encoding: string): string {
  return decodeAs(bytes.subarray(from, to), encoding).replace(
    marks,
    (_mark, cdata: string | undefined, entity: string | undefined) => {
      if (cdata !== undefined) return cdata;
      return entity === undefined ? '' : character(entity);
    },
  );
}

function collapse(text: string): string {
  return text.replace(blanks, ' ').trim();
}

/** The encoding that an XML declaration names, in lower case; `utf-8` where it names none. */
export function declaredEncoding(bytes: Buffer): string {
  const head = bytes.toString('latin1', 0, 200);
  const declaration = /<\?xml[^>]*?encoding\s*=\s*["']\s*([\w.:-]+)/i.exec(head);
  return declaration ? declaration[1].toLowerCase() : 'utf-8';
}

const less = 0x3c;
const greater = 0x3e;
const slash = 0x2f;
const equals = 0x3d;
/** Longer names are cut; this bounds the search for the end of an element that has none. */
const longestText = 4096;
/** Attributes beyond these (pairs of offsets) are not looked at. */
const mostValues = 64;
/** Digits that a number is read by. Ten to the 22nd is the last power that is a whole double. */
const mostDigits = 20;
/** 10⁰ and up, exact as long as doubles are. */
export const powersOfTen = Array.from({length: mostDigits + 2}, (_, i) => 10 ** i);
/** 1 for bytes that a name cannot hold: blanks and control characters, quotes, `/`, `<`, `=`, `>`. */
const endsName = new Uint8Array(256).fill(1, 0, 0x21);
for (const c of [0x22, 0x27, slash, less, equals, greater]) endsName[c] = 1;
const namedEntities: Record<string, string> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'"};
const marks = /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|&(#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos);/gi;
// Control characters are no text; a damaged file has them in names.
const blanks = /[\s\p{Cc}]+/gu;

/** Where the next `<` is, or the length. Text is mostly a few bytes long, for which a loop beats a native search. */
function findTagStart(bytes: Buffer, at: number): number {
  const length = bytes.length;
  const near = Math.min(length, at + 64);
  for (; at < near; at++) if (bytes[at] === less) return at;
  if (at >= length) return length;
  const found = bytes.indexOf(less, at);
  return found < 0 ? length : found;
}

/** Behind the comment, CDATA section or declaration at `at`. */
function skipDeclaration(xml: Xml, at: number): number {
  const {bytes} = xml;
  if (bytes[at + 2] === 0x2d && bytes[at + 3] === 0x2d) return skipTo(xml, at + 4, '-->');
  if (bytes.toString('latin1', at + 2, at + 9) === '[CDATA[') return skipTo(xml, at + 9, ']]>');
  if (xml.openDeclaration) return at + 2;
  // <!DOCTYPE …>: an internal subset in brackets holds declarations and comments of its own.
  let subset = false;
  let quote = 0;
  for (let q = at + 2; q < bytes.length; q++) {
    const c = bytes[q];
    if (quote !== 0) {
      if (c === quote) quote = 0;
    } else if (c === 0x22 || c === 0x27) {
      quote = c;
    } else if (c === 0x5b) {
      subset = true;
    } else if (c === 0x5d) {
      subset = false;
    } else if (c === greater && !subset) {
      return q + 1;
    } else if (c === less && bytes[q + 1] === 0x21 && bytes[q + 2] === 0x2d && bytes[q + 3] === 0x2d) {
      const end = bytes.indexOf('-->', q + 4, 'latin1');
      if (end < 0) break;
      q = end + 2;
    }
  }
  xml.openDeclaration = true;
  return at + 2;
}

/** Behind a processing instruction. It ends at the first `>`: one that lacks its `?` must not hide the rest of the file. */
function skipInstruction(xml: Xml, at: number): number {
  return skipTo(xml, at + 2, '>');
}

function skipTo(xml: Xml, at: number, end: string): number {
  const found = xml.bytes.indexOf(end, at, 'latin1');
  if (found >= 0) return found + end.length;
  xml.cut = true;
  return xml.bytes.length;
}

function oddNumber(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > 100) return Number.NaN;
  const text = String.fromCharCode(...bytes.subarray(from, to)).trim();
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i.test(text) ? Number(text) : Number.NaN;
}

function character(entity: string): string {
  if (entity[0] !== '#') return namedEntities[entity.toLowerCase()];
  const code = entity[1] === 'x' || entity[1] === 'X' ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
}
