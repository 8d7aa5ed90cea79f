import {parentPort} from 'node:worker_threads';
import {type TaskName, tasks} from './tasks.ts';

const port = parentPort;
if (!port) throw new Error('worker.ts runs in a worker thread only');

port.on('message', async ({task, input}: {task: TaskName; input: never}) => {
  try {
    const result = await tasks[task](input);
    port.postMessage({result}, transferable(result));
  } catch (error) {
    port.postMessage({error});
  }
});

/** Smaller buffers are copied sooner than handed over. */
const leastBytes = 4096;

/** Buffers of a result, and of what is in it, that can be handed over without a copy: those that are used as a whole. */
function transferable(result: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const visit = (value: unknown) => {
    if (ArrayBuffer.isView(value)) {
      const {buffer, byteLength} = value;
      const whole = buffer.byteLength === byteLength && byteLength >= leastBytes;
      if (whole && buffer instanceof ArrayBuffer) buffers.add(buffer);
    } else if (typeof value === 'object' && value !== null) {
      for (const each of Object.values(value)) visit(each);
    }
  };
  visit(result);
  return [...buffers];
}
