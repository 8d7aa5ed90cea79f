import type {Line} from './clean-line.ts';
import {readBytes} from './read-bytes.ts';
import {xmlFault} from './xml-fault.ts';
import {xmlText} from './xml-text.ts';

/** What can be read, for sentences. */
export const formats = 'GPX, TCX, KML, GeoJSON or FIT';

/** As far as a file is searched for how it begins, bytes. */
const head = 1024;

/** The lines of each activity in a file, as they were recorded; a sentence that says why there are none. */
export async function readFile(file: Blob): Promise<Line[][] | string> {
  const bytes = await readBytes(file);
  if (typeof bytes === 'string') return bytes;
  if (bytes.length === 0) return `found an empty file, expected ${formats}.`;
  if (isFit(bytes)) {
    const {readFit} = await import('./read-fit.ts');
    return readFit(bytes);
  }
  if (isJson(bytes)) {
    const {readGeoJson} = await import('./read-geojson.ts');
    return readGeoJson(new TextDecoder().decode(bytes));
  }
  const text = xmlText(bytes);
  if (text === undefined) return `found ${kindOf(bytes)}, expected ${formats}.`;
  const {readXml} = await import('./read-xml.ts');
  return xmlFault(text) || readXml(new DOMParser().parseFromString(text, 'application/xml'));
}

/** The header's signature: FIT Protocol, "File Header". */
function isFit(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(8, 12)) === '.FIT';
}

/** Whether the first thing in a text is an object of JSON. A byte order mark may precede it, and is no part of what is decoded. */
function isJson(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes.subarray(0, head)).trimStart().startsWith('{');
}

function kindOf([first, second]: Uint8Array): string {
  return first === 0x50 && second === 0x4b ? 'a zip archive' : 'something else';
}
