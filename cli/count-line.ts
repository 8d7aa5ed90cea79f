import {duration} from './progress.ts';

/** Shows how far something is, with the time left: a line that is written over on a terminal, now and then a plain one otherwise. */
export function countLine(verb: string, unit: string, total: number) {
  const stream = process.stderr;
  const began = performance.now();
  let first: number | undefined;
  let shown = began;
  return {
    show(done: number): void {
      first ??= done;
      const now = performance.now();
      if (now - shown < (stream.isTTY ? 200 : 10_000)) return;
      shown = now;
      const seconds = (now - began) / 1000;
      const left = done > first ? `, ${duration((seconds / (done - first)) * (total - done))} left` : '';
      const line = `${verb}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${unit}${left}`;
      stream.write(stream.isTTY ? `\r\x1b[K${line.slice(0, Math.max(20, stream.columns - 1))}` : `${line}\n`);
    },
    end(): void {
      if (stream.isTTY) stream.write('\r\x1b[K');
    },
  };
}
