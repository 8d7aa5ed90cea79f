/** `npm start`: installs and builds what is missing, then runs `trackheat serve` with the given arguments. */
import {spawn} from 'node:child_process';
import {join} from 'node:path';
import {build, checkNode, install, root} from './setup.mjs';

checkNode();
install();
build({client: true});

// From npm's own working folder, so that `npm start -- activities` means the caller's folder.
const cwd = process.env.INIT_CWD ?? process.cwd();
const server = spawn(process.execPath, [join(root, 'dist/cli/main.js'), 'serve', ...process.argv.slice(2)], {
  cwd,
  stdio: 'inherit',
});

for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    // The terminal itself sends Ctrl+C to the server too.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) server.kill(signal);
  });
}
// Between npm and this process stands a shell, which dies of a signal and does not pass it on: then nobody else would stop the server.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || server.kill('SIGTERM'), 500).unref();
}
server.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
server.on('exit', (code, signal) => {
  if (!signal) process.exit(code ?? 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
