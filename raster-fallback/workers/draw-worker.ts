import {parentPort, workerData} from 'node:worker_threads';
import {decodeActivityTable, rowIndex} from '../../core/activity-table.ts';
import {parseStyle} from '../../core/style.ts';
import {type DrawFacts, drawPlan} from '../draw-plan.ts';
import {keptTiles} from '../kept-tiles.ts';
import {loadView} from '../load-view.ts';
import {encodePng8} from '../png.ts';
import {drawIndexed, type IndexedPicture} from '../render.ts';
import type {PictureFormat} from '../stored-view.ts';
import {type AnswerMessage, archivesKept, type DrawMessage, type Drawn, type FactsMessage} from './messages.ts';

const port = parentPort;
if (!port) throw new Error('draw-worker.ts runs in a worker thread only');

type KnownArchive = DrawFacts & {index: ReadonlyMap<number, number>};

const archives = new Map<number, KnownArchive>();
const decode = keptTiles((workerData as {cacheBytes: number}).cacheBytes);
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
  const picture = drawIndexed(loadView(message, plan.weights, facts.index, decode), plan);
  return {bytes: picture && owned(encode(picture))};
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
