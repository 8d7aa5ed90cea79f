import {parentPort} from 'node:worker_threads';
import {type TaskName, tasks} from './tasks.ts';

const port = parentPort;
if (!port) throw new Error('worker.ts runs in a worker thread only');

port.on('message', ({task, input}: {task: TaskName; input: never}) => {
  try {
    const result = tasks[task](input);
    port.postMessage({result}, transferable(result));
  } catch (error) {
    port.postMessage({error});
  }
});

/** Buffers of a result that can be handed over without a copy. */
function transferable(result: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const value of Object.values(result as object)) {
    if (ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer) buffers.add(value.buffer);
  }
  return [...buffers];
}
