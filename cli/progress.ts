import type {Progress} from '../builder/build.ts';

const verbs = {import: 'Importing', cut: 'Cutting', encode: 'Writing tiles'};
const units = {import: 'files', cut: 'activities', encode: 'parts'};

/** Shows how far a build is: one line that is written over on a terminal, now and then a plain line otherwise. */
export function progressLine() {
  const stream = process.stderr;
  let phase: Progress['phase'] | undefined;
  let began = 0;
  let shown = 0;
  let open = false;
  const end = () => {
    if (open) stream.write('\r\x1b[K');
    open = false;
  };
  const show = (progress: Progress) => {
    const now = performance.now();
    if (progress.phase !== phase) {
      phase = progress.phase;
      began = now;
      shown = 0;
    }
    const pause = stream.isTTY ? 100 : 10_000;
    if (now - shown < pause && (progress.done < progress.total || !stream.isTTY)) return;
    shown = now;
    const line = describe(progress, (now - began) / 1000);
    if (stream.isTTY) {
      stream.write(`\r\x1b[K${line.slice(0, Math.max(20, stream.columns - 1))}`);
      open = true;
    } else stream.write(`${line}\n`);
  };
  return {show, end};
}

function describe({phase, done, total, points}: Progress, seconds: number): string {
  const parts = [`${verbs[phase]}: ${done} of ${total} ${units[phase]}`];
  if (phase === 'import') parts.push(`${points.toLocaleString('en')} points`);
  if (seconds > 2 && done > 0 && done < total) parts.push(`${duration((seconds / done) * (total - done))} left`);
  return parts.join(', ');
}

/** `75` → `1 min 15 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
