import {spawn} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {lockBuild} from '../../builder/build-lock.ts';
import {temporaryFolder} from '../support/files.ts';

const folder = temporaryFolder();

describe('lockBuild', () => {
  test('refuses a second build of the same folder, and lets it in after the first', () => {
    const data = path.join(folder, 'one');
    const unlock = lockBuild(data);
    expect(() => lockBuild(data)).toThrow(`${data}: another build is at work there`);
    unlock();
    lockBuild(data)();
  });

  test('does not mind builds of other folders', () => {
    const unlock = lockBuild(path.join(folder, 'two'));
    lockBuild(path.join(folder, 'three'))();
    unlock();
  });

  test('is free again when the process that held it was killed', async () => {
    const data = path.join(folder, 'four');
    const module = fileURLToPath(new URL('../../dist/builder/build-lock.js', import.meta.url));
    const script = `import {lockBuild} from ${JSON.stringify(module)}; lockBuild(${JSON.stringify(data)}); console.log('held'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script]);
    await once(holder.stdout, 'data');
    expect(() => lockBuild(data)).toThrow('another build is at work');
    holder.kill('SIGKILL');
    await once(holder, 'close');
    lockBuild(data)();
  });
});
