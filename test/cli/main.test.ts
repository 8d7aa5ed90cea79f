import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

test.each([
  'stdout',
  'stderr',
] as const)('trackheat ends as usual where nobody reads its %s any more', async (closed) => {
  const child = spawn(process.execPath, [main, closed === 'stdout' ? 'help' : 'nonsense']);
  const open = closed === 'stdout' ? child.stderr : child.stdout;
  let said = '';
  open.on('data', (data: Buffer) => {
    said += data;
  });
  child[closed].destroy();
  const [code] = await once(child, 'close');
  expect({code, said}).toEqual({code: closed === 'stdout' ? 0 : 2, said: ''});
});
