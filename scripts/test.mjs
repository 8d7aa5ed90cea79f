/**
 * `npm test`: installs and builds what is missing, checks format and types, and runs every test. The last line is
 * `N passed, N failed`, where a failed check counts as one. Arguments go to vitest; `--long` runs the long tests instead.
 */
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {build, checkNode, findChromium, install, program, root} from './setup.mjs';

let lastLine = '0 passed, 1 failed';
process.on('exit', () => console.log(lastLine));

checkNode();
install();
build({client: true});
const chromium = findChromium();

const folder = mkdtempSync(join(tmpdir(), 'trackheat-test-'));
const countsFile = join(folder, 'counts.json');
/** @type {NodeJS.ProcessEnv} */
const env = {...process.env, TRACKHEAT_COUNTS: countsFile};
if (chromium) env.CHROMIUM_PATH = chromium;
const args = process.argv.slice(2).filter((arg) => arg !== '--long');
if (args.length < process.argv.length - 2) env.TRACKHEAT_LONG = '1';

const checks = [
  {name: 'format and style', ok: run('@biomejs/biome', ['check', '.'])},
  {name: 'types in client/', ok: run('typescript', ['-p', 'client'])},
  {name: 'types in scripts/', ok: run('typescript', ['-p', 'scripts'])},
];
const failedChecks = checks.filter((check) => !check.ok);
const ok = run('vitest', ['run', '--reporter=default', '--reporter=./scripts/count-reporter.mjs', ...args]);

const {passed, failed} = readCounts();
rmSync(folder, {recursive: true});
for (const {name} of failedChecks) console.log(`The check of ${name} failed, see above.`);
lastLine = `${passed} passed, ${(ok ? failed : Math.max(1, failed)) + failedChecks.length} failed`;
process.exitCode = ok && failedChecks.length === 0 ? 0 : 1;

/**
 * Runs a package's program in this terminal; whether it ended well.
 * @param {string} name
 * @param {string[]} args
 */
function run(name, args) {
  return spawnSync(process.execPath, [program(name), ...args], {cwd: root, env, stdio: 'inherit'}).status === 0;
}

/**
 * What the reporter counted; nothing where vitest ended before its first test, for which it gave the reason.
 * @returns {import('./count-reporter.mjs').Counts}
 */
function readCounts() {
  return existsSync(countsFile) ? JSON.parse(readFileSync(countsFile, 'utf8')) : {passed: 0, failed: 0};
}
