import type {Format} from '../activity.ts';
import {isExportTable} from '../export-table.ts';
import {isFit} from './fit.ts';
import {isGeoJson} from './geojson.ts';
import {isNmea} from './nmea.ts';
import {decodeText} from './text.ts';
import {decodeUtf16, isUtf16} from './utf16.ts';
import {nameId, nextTag, openXml} from './xml-bytes.ts';

/** The formats that are read, in words. */
export const expected = 'expected FIT, GPX, TCX, KML, GeoJSON or NMEA';

/** So many first bytes of a file tell its format. */
export const headBytes = 65_536;

/** What {@link formatOf} found: a format, or in words what else it is. */
export type FoundFormat = {format?: Format; found: string};

/** Which format unpacked bytes are of, by content and never by name; the beginning of a file is enough. */
export function formatOf(bytes: Uint8Array): FoundFormat {
  if (isFit(bytes)) return {format: 'fit', found: 'FIT'};
  const text = isUtf16(bytes) ? decodeUtf16(bytes) : bytes;
  if (isGeoJson(text)) return {format: 'geojson', found: 'GeoJSON'};
  const xml = xmlFormat(text);
  if (xml.found !== '') return xml;
  if (isNmea(text)) return {format: 'nmea', found: 'NMEA'};
  return {found: contentOf(bytes)};
}

/** Bytes of a text file without anything in it. */
export const blank = 'only blanks';

const gpxTags = [nameId('gpx'), nameId('trkpt')];
const tcxTags = [nameId('TrainingCenterDatabase'), nameId('Trackpoint')];
const kmlTags = [nameId('kml'), nameId('Placemark')];
const htmlTags = [nameId('html'), nameId('head'), nameId('body')];

/** The root is looked for among this many tags and {@link headBytes} behind the first one: junk may stand before it. */
const rootTags = 200;

/** Which XML format this is, by its first known tag; else what its root is called, empty where there is no tag. */
function xmlFormat(bytes: Uint8Array): FoundFormat {
  const xml = openXml(bytes);
  let root = '';
  let until = 0;
  for (let i = 0; i < rootTags && nextTag(xml); i++) {
    if (i === 0) {
      until = xml.start + headBytes;
      root = `an XML file of <${xml.bytes.toString('latin1', xml.start + 1, Math.min(xml.nameEnd, xml.start + 40))}>`;
      if (/[^\x20-\x7e]/.test(root)) root = '';
    }
    if (xml.start > until) break;
    if (htmlTags.includes(xml.name)) return {found: 'a web page'};
    if (gpxTags.includes(xml.name)) return {format: 'gpx', found: 'GPX'};
    if (tcxTags.includes(xml.name)) return {format: 'tcx', found: 'TCX'};
    if (kmlTags.includes(xml.name)) return {format: 'kml', found: 'KML'};
  }
  return {found: root};
}

/** First bytes of files that are often found among activities. */
const signatures: [string, string][] = [
  ['PK', 'a zip archive'],
  ['\x1f\x8b', 'gzip data'],
  ['7z\xbc\xaf\x27\x1c', 'a 7z archive'],
  ['Rar!', 'a RAR archive'],
  ['%PDF', 'a PDF'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['GIF8', 'a picture'],
  ['SQLite format', 'a database'],
  ['{', 'JSON'],
  ['[', 'JSON'],
];

/** What bytes without a known format are, in words. */
function contentOf(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024));
  const start = head.toString('latin1');
  const signature = signatures.find(([first]) => start.trimStart().startsWith(first));
  if (signature) return signature[1];
  if (start.slice(4, 8) === 'ftyp') return 'a video or a picture';
  if (bytes.every((byte) => byte <= 0x20)) return blank;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they tell binary data from text
  if (/[\x00-\x08\x0e-\x1f]/.test(start)) return `unknown data (${head.toString('hex', 0, 8)}…)`;
  const lines = bytes.subarray(0, headBytes).lastIndexOf(0x0a) + 1;
  if (isExportTable(decodeText(bytes.subarray(0, lines))))
    return 'the table of an export, which is read with its files';
  return 'plain text';
}
