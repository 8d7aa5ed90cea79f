import {type ChildProcess, spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** How a run of the program ended. */
export type Run = {code: number | null; stdout: string; stderr: string};

/** Runs the built program to its end. */
export function run(args: string[], cwd?: string): Promise<Run> {
  const child = spawn(process.execPath, [main, ...args], {cwd});
  return new Promise((resolve) => {
    const done: Run = {code: null, stdout: '', stderr: ''};
    child.stdout.on('data', (data: Buffer) => {
      done.stdout += data;
    });
    child.stderr.on('data', (data: Buffer) => {
      done.stderr += data;
    });
    child.on('close', (code) => resolve({...done, code}));
  });
}

/** Starts a serving command and gives its URL once it has printed one; `stop` ends it and gives its exit code. */
export async function start(
  args: string[],
  cwd?: string,
): Promise<{url: string; stop(): Promise<number | null>; child: ChildProcess}> {
  const child = spawn(process.execPath, [main, ...args], {cwd, stdio: ['ignore', 'pipe', 'pipe']});
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (data: Buffer) => {
      said += data;
      const match = /http:\/\/[\d.]+:\d+/.exec(said);
      if (match) resolve(match[0]);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', (data: Buffer) => {
      said += data;
    });
    child.once('close', (code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
  const stop = () =>
    new Promise<number | null>((resolve) => {
      child.once('close', resolve);
      child.kill('SIGTERM');
    });
  return {url, stop, child};
}
