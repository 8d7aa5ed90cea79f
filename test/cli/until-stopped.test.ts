import {expect, test} from 'vitest';
import {untilStopped} from '../../cli/until-stopped.ts';

test('untilStopped() lets the second signal end the process, also where it is another one than the first', async () => {
  const listeners = () => [process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')];
  const before = listeners();
  const stopped = untilStopped();
  process.emit('SIGINT');
  await stopped;
  expect(listeners()).toEqual(before);
});
