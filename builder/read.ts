import type {Reading} from './activity.ts';
import {isFit, readFit} from './read/fit.ts';
import {readGpx} from './read/gpx.ts';
import {nothing} from './read/nothing.ts';
import {readTcx} from './read/tcx.ts';
import {decodeUtf16, isUtf16} from './read/utf16.ts';
import {nameId, nextTag, openXml} from './read/xml-bytes.ts';

const expected = 'expected FIT, GPX or TCX';

/**
 * What the bytes of one unpacked file hold, decided by content and never by name. Never throws on any bytes: what is no activity
 * file, or beyond repair, has a `reason`.
 */
export function read(bytes: Uint8Array): Reading {
  if (bytes.length === 0) return nothing('failed', `found an empty file, ${expected}`);
  if (isFit(bytes)) return readFit(bytes);
  const text = isUtf16(bytes) ? decodeUtf16(bytes) : bytes;
  const {kind, root} = xmlKind(text);
  if (kind === 'gpx') return readGpx(text);
  if (kind === 'tcx') return readTcx(text);
  const found = root === '' ? contentOf(bytes) : root;
  return nothing(found === blank ? 'failed' : 'not-activity', `found ${found}, ${expected}`);
}

const gpxTags = [nameId('gpx'), nameId('trkpt')];
const tcxTags = [nameId('TrainingCenterDatabase'), nameId('Trackpoint')];
const htmlTags = [nameId('html'), nameId('head'), nameId('body')];

/** The root is looked for among this many tags and bytes behind the first one: junk may stand before it, or it may be lost. */
const rootTags = 200;
const rootBytes = 65_536;

/** Which XML format this is, by its first known tag; else what its root is called, empty where there is no tag. */
function xmlKind(bytes: Uint8Array): {kind?: 'gpx' | 'tcx'; root: string} {
  const xml = openXml(bytes);
  let root = '';
  let until = 0;
  for (let i = 0; i < rootTags && nextTag(xml); i++) {
    if (i === 0) {
      until = xml.start + rootBytes;
      root = `an XML file of <${xml.bytes.toString('latin1', xml.start + 1, Math.min(xml.nameEnd, xml.start + 40))}>`;
      if (/[^\x20-\x7e]/.test(root)) root = '';
    }
    if (xml.start > until) break;
    if (htmlTags.includes(xml.name)) return {root: 'a web page'};
    if (gpxTags.includes(xml.name)) return {kind: 'gpx', root};
    if (tcxTags.includes(xml.name)) return {kind: 'tcx', root};
  }
  return {root};
}

/** First bytes of files that are often found among activities. */
const signatures: [string, string][] = [
  ['PK', 'a zip archive'],
  ['\x1f\x8b', 'gzip data'],
  ['%PDF', 'a PDF'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['SQLite format', 'a database'],
  ['{', 'JSON'],
  ['[', 'JSON'],
];
const blank = 'only blanks';

/** What bytes without a known format are, in words. */
function contentOf(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024));
  const start = head.toString('latin1');
  const signature = signatures.find(([first]) => start.trimStart().startsWith(first));
  if (signature) return signature[1];
  if (bytes.every((byte) => byte <= 0x20)) return blank;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they tell binary data from text
  if (!/[\x00-\x08\x0e-\x1f]/.test(start)) return 'plain text';
  return `unknown data (${head.toString('hex', 0, 8)}…)`;
}
