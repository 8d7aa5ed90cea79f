import {once} from 'node:events';
import {availableParallelism} from 'node:os';
import {Worker} from 'node:worker_threads';
import type {HeatArchive} from '../archive.ts';
import type {PictureFormat, StoredView} from '../stored-view.ts';
import {type AnswerMessage, archivesKept, type DrawMessage, type Drawn, type FactsMessage} from './messages.ts';

/** How much a pool may use. */
export type DrawPoolOptions = {
  /** Worker threads, started as they are needed. */
  workers: number;
  /** Pictures that may wait to be drawn. */
  queue: number;
  /** Decoded tiles that each worker keeps, bytes. */
  cacheBytes: number;
};

export const drawPoolDefaults: DrawPoolOptions = {
  workers: Math.min(8, availableParallelism()),
  queue: 1000,
  cacheBytes: 64 << 20,
};

/** So many pictures wait already that another one is refused. */
export class QueueFull extends Error {}

/** Pictures given to a worker at once: the next must be there when one is done. */
const depth = 2;

/** Tiles of which it is remembered that a worker has seen them lately. */
const remembered = 256;

type Job = {
  message: DrawMessage;
  archive: HeatArchive;
  resolve(drawn: Drawn): void;
  reject(error: unknown): void;
};

type Hand = {
  worker: Worker;
  running: Map<number, Job>;
  /** Archives that it knows, oldest first. */
  archives: Set<number>;
  /** Hashes of tiles that it has seen, oldest first. */
  seen: Set<string>;
};

/** Worker threads that draw, so that whoever listens to clients does nothing else. */
export class DrawPool {
  /** Pictures drawn, given up by those who asked before they were begun, and refused because too many waited. */
  readonly counts = {drawn: 0, abandoned: 0, refused: 0};
  private readonly options: DrawPoolOptions;
  private readonly hands: Hand[] = [];
  /** In order of arrival. */
  private readonly waiting = new Map<number, Job>();
  private readonly numbers = new WeakMap<HeatArchive, number>();
  private nextId = 1;
  private nextArchive = 1;
  private closed = false;

  constructor(options: Partial<DrawPoolOptions> = {}) {
    this.options = {...drawPoolDefaults, ...options};
  }

  /** Worker threads that there may be. */
  get size(): number {
    return this.options.workers;
  }

  /**
   * Draws a view of an archive in a style (text form). Rejects with {@link QueueFull} where too many wait, and with the
   * signal's reason where that comes before the drawing has begun.
   */
  draw(
    archive: HeatArchive,
    {view, tiles}: StoredView,
    style: string,
    format: PictureFormat,
    signal?: AbortSignal,
  ): Promise<Drawn> {
    return new Promise((resolve, reject) => {
      if (this.closed) throw new Error('drawing after close');
      if (signal?.aborted) throw signal.reason;
      if (this.waiting.size >= this.options.queue) {
        this.counts.refused++;
        throw new QueueFull(`${this.waiting.size} pictures wait already`);
      }
      const id = this.nextId++;
      const message: DrawMessage = {kind: 'draw', id, archive: this.numberOf(archive), view, tiles, style, format};
      const abandon = () => {
        if (!this.waiting.delete(id)) return;
        this.counts.abandoned++;
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', abandon, {once: true});
      this.waiting.set(id, {message, archive, resolve, reject});
      this.next();
    });
  }

  /**
   * Ends the workers, each when it has drawn what it was given: one that is stopped just where zlib begins to unpack or pack takes
   * the whole process with it ("close before init"). What waits rejects.
   */
  async close(): Promise<void> {
    this.closed = true;
    for (const job of this.waiting.values()) job.reject(new Error('the server stops'));
    this.waiting.clear();
    await Promise.all(this.hands.map((hand) => whenIdle(hand).catch(() => undefined)));
    await Promise.all(this.hands.map(({worker}) => worker.terminate()));
  }

  private next(): void {
    for (const [id, job] of this.waiting) {
      const hand = this.freeHand(job.message.tiles[0]?.stored.hash ?? '');
      if (!hand) return;
      this.waiting.delete(id);
      this.give(hand, job);
    }
  }

  /** The worker with the least to do, and among equals one that has seen the tile. */
  private freeHand(hash: string): Hand | undefined {
    let best: Hand | undefined;
    for (const hand of this.hands) {
      const less = hand.running.size - (best?.running.size ?? depth);
      if (less < 0 || (less === 0 && best && hand.seen.has(hash) && !best.seen.has(hash))) best = hand;
    }
    if ((!best || best.running.size > 0) && this.hands.length < this.options.workers) return this.start();
    return best;
  }

  private give(hand: Hand, job: Job): void {
    const {message, archive} = job;
    if (!hand.archives.has(message.archive)) {
      hand.archives.add(message.archive);
      // The worker forgets the same ones.
      for (const oldest of hand.archives) {
        if (hand.archives.size <= archivesKept) break;
        hand.archives.delete(oldest);
      }
      const {activities, sports, quantiles} = archive.metadata;
      const facts: FactsMessage = {
        kind: 'facts',
        archive: message.archive,
        metadata: {activities, sports, quantiles},
      };
      hand.worker.postMessage(facts);
    }
    for (const {stored} of message.tiles) {
      hand.seen.delete(stored.hash);
      hand.seen.add(stored.hash);
    }
    for (const oldest of hand.seen) {
      if (hand.seen.size <= remembered) break;
      hand.seen.delete(oldest);
    }
    hand.running.set(message.id, job);
    hand.worker.postMessage(message);
  }

  private start(): Hand {
    const worker = new Worker(workerFile(), {workerData: {cacheBytes: this.options.cacheBytes}});
    const hand: Hand = {worker, running: new Map(), archives: new Set(), seen: new Set()};
    this.hands.push(hand);
    worker.on('message', ({id, drawn, error}: AnswerMessage) => {
      const job = hand.running.get(id);
      hand.running.delete(id);
      this.counts.drawn++;
      if (drawn) job?.resolve(drawn);
      else job?.reject(error);
      this.next();
    });
    let fault: Error | undefined;
    worker.on('error', (error) => {
      fault = error;
    });
    // One that dies (out of memory) takes with it what it was given, and nothing else: another is started.
    worker.on('exit', () => {
      this.hands.splice(this.hands.indexOf(hand), 1);
      const reason = fault ?? new Error('a worker that draws has ended');
      for (const job of hand.running.values()) job.reject(reason);
      hand.running.clear();
      if (!this.closed) this.next();
    });
    return hand;
  }

  private numberOf(archive: HeatArchive): number {
    const number = this.numbers.get(archive) ?? this.nextArchive++;
    this.numbers.set(archive, number);
    return number;
  }
}

/** Resolves when a worker has answered all that it was given; rejects where it dies before. */
async function whenIdle({worker, running}: Hand): Promise<void> {
  while (running.size > 0) await once(worker, 'message');
}

/** Worker threads run compiled code; under Vitest this file is the source and its compiled twin lies in dist/. */
function workerFile(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('../../dist/raster-fallback/workers/draw-worker.js', import.meta.url)
    : new URL('./draw-worker.js', import.meta.url);
}
