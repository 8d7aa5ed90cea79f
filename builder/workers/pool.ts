import {once} from 'node:events';
import {availableParallelism} from 'node:os';
import {Worker} from 'node:worker_threads';
import type {TaskName, Tasks} from './tasks.ts';

/** Workers that a build uses unless asked otherwise: all cores. */
export const defaultWorkers = availableParallelism();

/** Room for new objects in a worker's memory, MB: with Node's own 16 to 48 it collects garbage so often that it takes 3 % of a build. */
const youngMegabytes = 64;

type Waiting = {
  task: TaskName;
  /** Makes the input, when a worker is free. */
  inputOf(): unknown;
  resolve(result: unknown): void;
  reject(error: Error): void;
};

/** What a task takes for an item. */
type InputOf<T extends TaskName, I> = (item: I) => Parameters<Tasks[T]>[0];

/** An item and what a task made of it. */
type Done<T extends TaskName, I> = [item: I, result: Awaited<ReturnType<Tasks[T]>>];

/** Worker threads that run the tasks of tasks.ts. A task that throws is a bug and rejects. */
export class Pool {
  readonly size: number;
  private readonly workers: Worker[] = [];
  private readonly idle: Worker[] = [];
  private readonly queue: Waiting[] = [];
  private readonly running = new Map<Worker, Waiting>();
  private broken: Error | undefined;

  constructor(size = defaultWorkers) {
    this.size = Math.max(1, size);
  }

  /**
   * Runs a task for each input and yields the results in the order of the inputs, whichever is done first; inputs are
   * taken only as workers become free, so that neither inputs nor results pile up.
   */
  async *map<T extends TaskName, I>(task: T, items: Iterable<I>, inputOf: InputOf<T, I>): AsyncGenerator<Done<T, I>> {
    const ahead: Promise<Done<T, I>>[] = [];
    for (const item of items) {
      ahead.push(this.run(task, item, inputOf));
      if (ahead.length >= this.size * 4) yield await (ahead.shift() as (typeof ahead)[number]);
    }
    for (const result of ahead) yield await result;
  }

  /**
   * The same for a few items that take unlike long: those of the greatest cost begin first, so that no worker is left with one when
   * the others have nothing more to do. Results wait for their turn, all of them if need be.
   */
  async *mapCostliestFirst<T extends TaskName, I>(
    task: T,
    items: I[],
    inputOf: InputOf<T, I>,
    costOf: (item: I) => number,
  ): AsyncGenerator<Done<T, I>> {
    const results = new Map<I, Promise<Done<T, I>>>();
    for (const item of [...items].sort((a, b) => costOf(b) - costOf(a)))
      results.set(item, this.run(task, item, inputOf));
    for (const item of items) yield await (results.get(item) as Promise<Done<T, I>>);
  }

  /** Starts so many workers ahead of their first tasks: until one is ready takes a while, in which others may have nothing to do. */
  start(count: number): void {
    while (this.workers.length < Math.min(count, this.size)) this.idle.push(this.startWorker());
  }

  /**
   * Ends the workers, each when it is done with its task: one that is stopped just where zlib begins to unpack or pack takes the
   * whole process with it ("close before init").
   */
  async close(): Promise<void> {
    this.broken = new Error('the worker pool is closed');
    await Promise.all([...this.running.keys()].map((worker) => once(worker, 'message').catch(() => undefined)));
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }

  /** Runs a task for one item on the next free worker. */
  private run<T extends TaskName, I>(task: T, item: I, inputOf: InputOf<T, I>): Promise<Done<T, I>> {
    const result = new Promise<Done<T, I>>((resolve, reject) => {
      if (this.broken) return reject(this.broken);
      this.queue.push({
        task,
        inputOf: () => inputOf(item),
        resolve: (result) => resolve([item, result as Done<T, I>[1]]),
        reject,
      });
    });
    // A rejection is thrown where its turn comes; until then it must not count as unhandled.
    result.catch(() => undefined);
    this.next();
    return result;
  }

  /** Gives the idle workers what waits. */
  private next(): void {
    while (this.queue.length > 0 && !this.broken) {
      const worker = this.idle.pop() ?? (this.workers.length < this.size ? this.startWorker() : undefined);
      if (!worker) return;
      const waiting = this.queue.shift() as Waiting;
      try {
        worker.postMessage({task: waiting.task, input: waiting.inputOf()});
        this.running.set(worker, waiting);
      } catch (error) {
        this.idle.push(worker);
        waiting.reject(error as Error);
      }
    }
  }

  private startWorker(): Worker {
    const worker = new Worker(workerFile(), {resourceLimits: {maxYoungGenerationSizeMb: youngMegabytes}});
    this.workers.push(worker);
    worker.on('message', ({result, error}: {result: unknown; error?: Error}) => {
      const waiting = this.running.get(worker);
      this.running.delete(worker);
      this.idle.push(worker);
      this.next();
      if (error) waiting?.reject(error);
      else waiting?.resolve(result);
    });
    worker.on('error', (error) => this.fail(worker, error));
    return worker;
  }

  /** A worker that dies by itself (out of memory) takes all that waits with it, rather than leaving it waiting. */
  private fail(dead: Worker, error: Error): void {
    this.broken = error;
    for (const waiting of [...this.running.values(), ...this.queue]) waiting.reject(error);
    this.running.delete(dead);
    this.queue.length = 0;
  }
}

/** Worker threads run compiled code; under Vitest this file is the source and its compiled twin lies in dist/. */
function workerFile(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('../../dist/builder/workers/worker.js', import.meta.url)
    : new URL('./worker.js', import.meta.url);
}
