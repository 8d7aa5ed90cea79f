import {parentPort, workerData} from 'node:worker_threads';
import {decodeActivityTable, rowIndex} from '../../core/activity-table.ts';
import {parseStyle} from '../../core/style.ts';
import {ByteLru} from '../byte-lru.ts';
import {type DecodedTile, decodedBytes, decodeTile, denseRows, type StoredTile} from '../decode-tile.ts';
import {type DrawFacts, drawPlan} from '../draw-plan.ts';
import {encodePng8} from '../png.ts';
import {drawIndexed, type IndexedPicture} from '../render.ts';
import type {PictureFormat} from '../stored-view.ts';
import {type AnswerMessage, archivesKept, type DrawMessage, type Drawn, type FactsMessage} from './messages.ts';

const port = parentPort;
if (!port) throw new Error('draw-worker.ts runs in a worker thread only');

type KnownArchive = DrawFacts & {index: ReadonlyMap<number, number>};

const archives = new Map<number, KnownArchive>();
const tiles = new ByteLru<DecodedTile>((workerData as {cacheBytes: number}).cacheBytes);
let last: Promise<void> = Promise.resolve();

port.on('message', (message: FactsMessage | DrawMessage) => {
  if (message.kind === 'facts') return learn(message);
  // One after the other: a picture lies in memory that the next one uses.
  last = last.then(async () => {
    const answer: AnswerMessage = {id: message.id};
    try {
      answer.drawn = await draw(message);
    } catch (error) {
      answer.error = error instanceof Error ? error : new Error(String(error));
    }
    port.postMessage(answer, answer.drawn?.bytes ? [answer.drawn.bytes.buffer] : []);
  });
});

function learn({archive, metadata}: FactsMessage): void {
  const table = decodeActivityTable(metadata.activities, metadata.sports);
  archives.set(archive, {table, metadata, index: rowIndex(table)});
  for (const oldest of archives.keys()) {
    if (archives.size <= archivesKept) break;
    archives.delete(oldest);
  }
}

async function draw(message: DrawMessage): Promise<Drawn> {
  const encode = await encoderOf(message.format);
  const facts = archives.get(message.archive);
  if (!facts) throw new Error(`archive ${message.archive} is unknown to this worker`);
  const plan = drawPlan(facts, message.view, parseStyle(message.style).style);
  const loaded = message.tiles.map(({stored, place}) => {
    const tile = decoded(stored);
    // Only filters ask which row a line belongs to.
    const rows = plan.weights.rows ? denseRows(tile, facts.index) : noRows;
    return {tile: {...tile, rows}, place};
  });
  const picture = drawIndexed({view: message.view, tiles: loaded}, plan);
  return {bytes: picture && owned(encode(picture))};
}

const noRows = new Int32Array(0);

function decoded(stored: StoredTile): DecodedTile {
  const known = tiles.get(stored.hash);
  if (known) return known;
  const tile = decodeTile(stored);
  tiles.set(stored.hash, tile, decodedBytes(tile));
  return tile;
}

/** The encoder of a format; that of WebP is loaded by those who need it. */
async function encoderOf(format: PictureFormat): Promise<(picture: IndexedPicture) => Uint8Array> {
  if (format === 'webp') return (await import('../webp.ts')).encodeWebp;
  if (format === 'indices') return ({scanlines}) => scanlines.slice();
  return ({scanlines, width, height, palette}) => encodePng8(scanlines, width, height, palette);
}

/** The bytes in a buffer of their own, which can be handed over; small buffers of Node share one. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const {buffer} = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.length) return new Uint8Array(buffer);
  return new Uint8Array(bytes);
}
