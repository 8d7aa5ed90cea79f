import type {Reading} from './activity.ts';
import {type Content, type ContentOptions, contentDefaults, gather, headOf} from './content.ts';
import {expected, formatOf, headBytes} from './read/format.ts';
import {readGpx} from './read/gpx.ts';
import {gpxPieces} from './read/gpx-pieces.ts';
import {nothing} from './read/nothing.ts';
import {decodeUtf16Stream, isUtf16} from './read/utf16.ts';
import {read} from './read.ts';

/**
 * What the content of a file holds: one reading; of a large GPX file one for every few tracks, so that a file of any size
 * needs the memory of a small one.
 */
export async function* readings(content: Content, options: ContentOptions = contentDefaults): AsyncGenerator<Reading> {
  if (content.bytes) yield read(content.bytes);
  if (!content.stream) return;
  const {head, stream} = await headOf(content.stream, 4 * headBytes);
  const {format, found} = formatOf(head);
  if (format === 'gpx') {
    for await (const piece of gpxPieces(isUtf16(head) ? decodeUtf16Stream(head, stream) : stream)) yield readGpx(piece);
  } else if (format) {
    const bytes = await gather(stream, options.heldBytes);
    const most = `expected at most ${options.heldBytes} (limit: heldBytes)`;
    yield bytes ? read(bytes) : nothing('failed', `found more bytes of ${found}, ${most}`, format);
  } else {
    yield nothing('not-activity', `found ${found}, ${expected}`);
  }
}
