/**
 * What `npm start`, `npm test` and `npm run bench` need done first: packages, built files, a browser. Plain JavaScript without
 * dependencies, because it runs before any are installed. Each step does only what is stale and says so in one line.
 */
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

/** Folder of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** Oldest Node that everything here runs on, as in package.json's `engines`. */
export const oldestNode = '20.19.0';

/**
 * Ends the process with a sentence where Node is too old.
 * @param {string} version of Node, like 20.19.1
 */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldestNode.split('.').map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  fail(`Trackheat needs Node ${oldestMajor}.${oldestMinor} or newer; this is ${version}. See https://nodejs.org/.`);
}

/** Installs the packages of package-lock.json unless they are there. */
export function install() {
  const installed = join(root, 'node_modules/.package-lock.json');
  const stamp = join(root, 'node_modules/.trackheat-lock');
  const lock = join(root, 'package-lock.json');
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex');
  if (existsSync(installed)) {
    if (read(stamp) === wanted) return;
    // Somebody ran npm after this lock file was written.
    if (statSync(installed).mtimeMs >= statSync(lock).mtimeMs) {
      writeFileSync(stamp, wanted);
      return;
    }
  }
  console.log('Installing packages (once, about half a minute)…');
  // Where npm itself called us, its own file is named: `npm` may be a script that only a shell can start.
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const args = [...npm.slice(1), 'ci', '--include=dev', '--no-audit', '--no-fund'];
  const {ok, output} = capture(npm[0], args, {shell: npm.length === 1 && process.platform === 'win32'});
  if (!ok) fail(`${output}\nThe packages could not be installed: 'npm ci' failed, see above.`);
  writeFileSync(stamp, wanted);
}

/**
 * Builds what is older than its sources: the Node part into dist/ and, where asked, the page into dist/client/.
 * @param {{client: boolean}} what
 */
export function build({client}) {
  const shared = ['core', 'package-lock.json'];
  const node = ['builder', 'raster-fallback', 'server', 'cli', 'test', 'tsconfig.json', ...shared];
  step('Building…', node, 'dist/core', ['typescript', '-p', '.']);
  if (!client) return;
  const page = ['client', 'vite.config.ts', ...shared];
  step('Building the page…', page, 'dist/client', ['vite', 'build', '--logLevel', 'warn']);
}

/**
 * Runs a package's program unless its output is there and its inputs are those of the last run, as kept in a stamp file.
 * @param {string} message
 * @param {string[]} inputs files and folders below the root
 * @param {string} output a folder below the root
 * @param {[name: string, ...args: string[]]} command
 */
function step(message, inputs, output, [name, ...args]) {
  const stamp = join(root, `${dirname(output)}/.built-${basename(output)}`);
  const now = fingerprint(inputs.map((input) => join(root, input)));
  if (existsSync(join(root, output)) && read(stamp) === now) return;
  console.log(message);
  const command = capture(process.execPath, [program(name), ...args]);
  if (!command.ok) fail(`${command.output}\n${message.replace('…', '')} failed, see above.`);
  writeFileSync(stamp, now);
}

/**
 * Changes when a file below the given paths is added, removed or written to.
 * @param {string[]} paths files and folders; missing ones count as empty
 */
export function fingerprint(paths) {
  const hash = createHash('sha256');
  const add = (/** @type {string} */ path) => {
    const stat = statSync(path, {throwIfNoEntry: false});
    if (stat?.isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else if (stat) hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
  };
  paths.forEach(add);
  return hash.digest('hex');
}

/**
 * Path of a Chromium for the browser tests: CHROMIUM_PATH, an installed one, or Debian's, installed here where that is possible. Where
 * there is none, says what to do and gives undefined; with CI=true that ends the process.
 * @returns {string | undefined}
 */
export function findChromium() {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) return existsSync(asked) ? asked : fail(`CHROMIUM_PATH is ${asked}, but there is no such file.`);
  const found = chromiumPaths.find((path) => existsSync(path));
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium for the browser tests (once, about a minute)…');
    const env = {...process.env, DEBIAN_FRONTEND: 'noninteractive'};
    const update = capture('apt-get', ['update'], {env});
    const {ok, output} = capture('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {env});
    if (ok && existsSync(chromiumPaths[0])) return chromiumPaths[0];
    console.error(`${update.output}${output}`);
  }
  const advice = 'No Chromium found: install one (apt install chromium) or set CHROMIUM_PATH to its program.';
  if (process.env.CI === 'true') fail(advice);
  console.warn(`${advice} The browser tests are left out.`);
  return undefined;
}

const chromiumPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The file of a package's command, for `node FILE`: works the same on each system, with no shell and no npx.
 * @param {string} name of an installed package
 */
export function program(name) {
  const folder = join(root, 'node_modules', name);
  const {bin} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = typeof bin === 'string' ? bin : (bin[name.split('/').at(-1) ?? name] ?? Object.values(bin)[0]);
  return join(folder, file);
}

/**
 * Runs a program to its end and keeps what it prints.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
function capture(command, args, options) {
  const child = spawnSync(command, args, {cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28, ...options});
  return {ok: child.status === 0, output: `${child.stdout ?? ''}${child.stderr ?? ''}${child.error?.message ?? ''}`};
}

/**
 * Text of a file, or nothing where there is none.
 * @param {string} path
 */
function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}
