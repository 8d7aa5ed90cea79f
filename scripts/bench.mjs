/** `npm run bench`: installs and builds what is missing, then runs the benchmarks with the given arguments. */
import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {build, checkNode, install, root} from './setup.mjs';

checkNode();
install();
build({client: false});
const bench = join(root, 'dist/test/bench/bench.js');
process.exit(spawnSync(process.execPath, [bench, ...process.argv.slice(2)], {stdio: 'inherit'}).status ?? 1);
