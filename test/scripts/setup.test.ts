import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';

const setup = fileURLToPath(new URL('../../scripts/setup.mjs', import.meta.url));

/** Runs one call of scripts/setup.mjs as a program of its own, as the npm scripts do. */
function call(expression: string): {status: number | null; stdout: string; stderr: string} {
  const code = `import * as setup from ${JSON.stringify(setup)}; console.log(setup.${expression})`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', code], {encoding: 'utf8'});
}

test('checkNode(version) ends with one sentence where Node is older than 20.19', () => {
  const old = call("checkNode('20.18.3')");
  expect(old.status).toBe(1);
  expect(old.stderr).toBe('Trackheat needs Node 20.19 or newer; this is 20.18.3. See https://nodejs.org/.\n');
  for (const version of ['20.19.0', '22.1.0', '24.0.0'])
    expect(call(`checkNode('${version}')`).status, version).toBe(0);
});

test('fingerprint(paths) changes when a file is written, added or removed, and not otherwise', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trackheat-setup-'));
  const fingerprint = () => call(`fingerprint([${JSON.stringify(folder)}])`).stdout;
  mkdirSync(join(folder, 'deep'));
  writeFileSync(join(folder, 'deep/a.ts'), 'one');
  const first = fingerprint();
  expect(first).toMatch(/^[0-9a-f]{64}\n$/);
  expect(fingerprint()).toBe(first);
  utimesSync(join(folder, 'deep/a.ts'), 1000, 1000);
  const second = fingerprint();
  writeFileSync(join(folder, 'b.ts'), '');
  const third = fingerprint();
  rmSync(join(folder, 'b.ts'));
  expect(new Set([first, second, third]).size).toBe(3);
  expect(fingerprint()).toBe(second);
  rmSync(folder, {recursive: true});
});

test('findChromium() says so where CHROMIUM_PATH names nothing', () => {
  const code = `import {findChromium} from ${JSON.stringify(setup)}; findChromium()`;
  const env = {...process.env, CHROMIUM_PATH: '/nowhere/chromium'};
  const {status, stderr} = spawnSync(process.execPath, ['--input-type=module', '-e', code], {encoding: 'utf8', env});
  expect(status).toBe(1);
  expect(stderr).toBe('CHROMIUM_PATH is /nowhere/chromium, but there is no such file.\n');
});
