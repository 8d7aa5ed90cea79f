import {availableParallelism} from 'node:os';
import {Worker} from 'node:worker_threads';
import type {TaskName, Tasks} from './tasks.ts';

/** Workers that a build uses unless asked otherwise: all cores. */
export const defaultWorkers = availableParallelism();

/** Room for new objects in a worker's memory, MB: with Node's own 16 to 48 it collects garbage so often that it takes 3 % of a build. */
const youngMegabytes = 64;

type Waiting = {
  message: {id: number; task: TaskName; input: unknown};
  resolve(result: unknown): void;
  reject(error: Error): void;
};

/** Worker threads that run the tasks of tasks.ts. A task that throws is a bug and rejects. */
export class Pool {
  readonly size: number;
  private readonly workers: Worker[] = [];
  private readonly idle: Worker[] = [];
  private readonly queue: Waiting[] = [];
  private readonly running = new Map<Worker, Waiting>();
  private nextId = 0;
  private broken: Error | undefined;

  constructor(size = defaultWorkers) {
    this.size = Math.max(1, size);
  }

  /** Runs one task on the next free worker. */
  run<T extends TaskName>(task: T, input: Parameters<Tasks[T]>[0]): Promise<Awaited<ReturnType<Tasks[T]>>> {
    return new Promise((resolve, reject) => {
      if (this.broken) {
        reject(this.broken);
        return;
      }
      const message = {id: this.nextId++, task, input};
      this.queue.push({message, resolve: resolve as (result: unknown) => void, reject});
      this.next();
    });
  }

  /**
   * Runs a task for each input and yields the results in the order of the inputs, whichever is done first; inputs are
   * taken only as workers become free, so that neither inputs nor results pile up.
   */
  async *map<T extends TaskName, I>(
    task: T,
    items: Iterable<I>,
    inputOf: (item: I) => Parameters<Tasks[T]>[0],
  ): AsyncGenerator<[item: I, result: Awaited<ReturnType<Tasks[T]>>]> {
    const ahead: Promise<[I, Awaited<ReturnType<Tasks[T]>>]>[] = [];
    for (const item of items) {
      const result = this.run(task, inputOf(item)).then((done): [I, typeof done] => [item, done]);
      // A rejection is thrown where its turn comes; until then it must not count as unhandled.
      result.catch(() => undefined);
      ahead.push(result);
      if (ahead.length >= this.size * 4) yield await (ahead.shift() as (typeof ahead)[number]);
    }
    for (const result of ahead) yield await result;
  }

  /** Ends the workers; tasks that still run are lost. */
  async close(): Promise<void> {
    this.broken = new Error('the worker pool is closed');
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }

  private next(): void {
    const waiting = this.queue[0];
    if (!waiting) return;
    const worker = this.idle.pop() ?? (this.workers.length < this.size ? this.start() : undefined);
    if (!worker) return;
    this.queue.shift();
    this.running.set(worker, waiting);
    worker.postMessage(waiting.message);
  }

  private start(): Worker {
    const worker = new Worker(workerFile(), {resourceLimits: {maxYoungGenerationSizeMb: youngMegabytes}});
    this.workers.push(worker);
    worker.on('message', ({result, error}: {result: unknown; error?: Error}) => {
      const waiting = this.running.get(worker);
      this.running.delete(worker);
      this.idle.push(worker);
      if (error) waiting?.reject(error);
      else waiting?.resolve(result);
      this.next();
    });
    worker.on('error', (error) => this.fail(error));
    return worker;
  }

  /** A worker that dies by itself (out of memory) takes all that waits with it, rather than leaving it waiting. */
  private fail(error: Error): void {
    this.broken = error;
    for (const waiting of [...this.running.values(), ...this.queue]) waiting.reject(error);
    this.running.clear();
    this.queue.length = 0;
  }
}

/** Worker threads run compiled code; under Vitest this file is the source and its compiled twin lies in dist/. */
function workerFile(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('../../dist/builder/workers/worker.js', import.meta.url)
    : new URL('./worker.js', import.meta.url);
}
