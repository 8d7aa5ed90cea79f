import {nameId, nextTag, openXml} from './xml-bytes.ts';

/** How a large GPX file is cut into pieces. */
export const pieceDefaults = {
  /** Bytes of a piece: as much as is held at once… */
  pieceBytes: 16 << 20,
  /** …unless a single track is longer. One that is longer than this is cut. */
  trackBytes: 1 << 30,
};

/**
 * Cuts a stream of GPX text in UTF-8 or an 8-bit encoding into pieces that end behind a track or a route and begin with the
 * head of the file: each is a whole GPX file for `readGpx`. A piece is only valid until the next one is asked for.
 */
export async function* gpxPieces(stream: AsyncIterable<Uint8Array>, options = pieceDefaults): AsyncGenerator<Buffer> {
  let {pieceBytes} = options;
  let buffer = Buffer.allocUnsafe(pieceBytes + room);
  let filled = 0;
  let head = -1;
  for await (const chunk of stream) {
    for (let from = 0; from < chunk.length; ) {
      const n = Math.min(chunk.length - from, pieceBytes - filled);
      buffer.set(chunk.subarray(from, from + n), filled);
      filled += n;
      from += n;
      if (filled < pieceBytes) continue;

      if (head < 0) head = headEnd(buffer.subarray(0, filled));
      let end = tracksEnd(buffer, head, filled);
      if (end < 0 && 2 * pieceBytes <= options.trackBytes) {
        // A track that fills all: twice the room.
        pieceBytes *= 2;
        const larger = Buffer.allocUnsafe(pieceBytes + room);
        buffer.copy(larger, 0, 0, filled);
        buffer = larger;
        continue;
      }
      if (end < 0) end = filled;
      // The end of the root takes the place of what follows, which is kept aside.
      const rest = Buffer.from(buffer.subarray(end, filled));
      yield buffer.subarray(0, end + buffer.write(rootEnd, end, 'latin1'));
      rest.copy(buffer, head);
      filled = head + rest.length;
    }
  }
  if (filled > Math.max(head, 0)) yield buffer.subarray(0, filled);
}

const gpx = nameId('gpx');
const rootEnd = '</gpx>';
const room = rootEnd.length;

/** Where the start tag of the root ends; 0 where there is none: tracks without a root read the same. */
function headEnd(bytes: Buffer): number {
  const xml = openXml(bytes.subarray(0, mostHead));
  for (let i = 0; i < 20 && nextTag(xml); i++) if (xml.name === gpx && !xml.closing) return xml.at;
  return 0;
}

const mostHead = 65_536;

/** Behind the last end tag of a track or a route in `bytes[from, to)`; negative where there is none. */
function tracksEnd(bytes: Buffer, from: number, to: number): number {
  const text = bytes.subarray(from, to);
  for (const tag of ['trk>', 'TRK>', 'rte>', 'RTE>']) {
    for (let at = text.lastIndexOf(tag, undefined, 'latin1'); at > 1; at = text.lastIndexOf(tag, at - 1, 'latin1')) {
      // `</trk>`, with or without a prefix.
      let start = at - 1;
      if (text[start] === 0x3a) for (start--; start > 1 && isNameByte(text[start]); ) start--;
      if (text[start] === 0x2f && text[start - 1] === 0x3c) return from + at + tag.length;
    }
  }
  return -1;
}

function isNameByte(byte: number): boolean {
  return byte > 0x20 && byte !== 0x2f && byte !== 0x3c && byte !== 0x3e;
}
