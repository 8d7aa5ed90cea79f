import FitParser from 'fit-file-parser';
import type {Line} from './clean-line.ts';

/** Bytes behind a FIT file's data that hold its checksum. */
const checksumBytes = 2;

/**
 * The line of each activity in a FIT file; a sentence that says why there are none. Several files may be chained in one
 * (FIT Protocol, "Chained FIT Files"), of which fit-file-parser alone would read only the first.
 */
export async function readFit(bytes: Uint8Array<ArrayBuffer>): Promise<Line[][] | string> {
  const activities: Line[][] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = 0; start + 12 <= bytes.length; ) {
    if (String.fromCharCode(...bytes.subarray(start + 8, start + 12)) !== '.FIT') break;
    const end = start + bytes[start] + view.getUint32(start + 4, true);
    if (end > bytes.length) return `found ${bytes.length} bytes, expected ${end} as the header says.`;
    const line = await readPart(bytes.slice(start, end + checksumBytes));
    if (typeof line === 'string') return line;
    if (line.length > 1) activities.push([line]);
    start = end + checksumBytes;
  }
  return activities.length > 0 ? activities : 'found a FIT file without positions, expected an activity with a track.';
}

async function readPart(bytes: Uint8Array<ArrayBuffer>): Promise<Line | string> {
  try {
    const {records = []} = await new FitParser({force: true, mode: 'list'}).parseAsync(bytes.buffer);
    return records.flatMap(({position_long: lng, position_lat: lat}) =>
      lng === undefined || lat === undefined ? [] : [[lng, lat]],
    );
  } catch (error) {
    return `found damage (${error instanceof Error ? error.message : String(error)}), expected a FIT file.`;
  }
}
