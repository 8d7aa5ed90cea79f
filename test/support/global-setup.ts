import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';

/**
 * Compiles once before all tests: worker threads and the command line run from dist/, which must be what is tested. Type errors are
 * shown but end nothing: `npm test` has its own check, and one test can be run while another file is half written.
 */
export default function globalSetup(): void {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
  const {status, stdout} = spawnSync(process.execPath, [tsc, '-p', '.'], {cwd: root, encoding: 'utf8'});
  if (status !== 0) console.error(`The project has type errors:\n${stdout}`);
}
