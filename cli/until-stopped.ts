/** Resolves when the process is asked to stop (Ctrl+C, SIGTERM); a second time stops it at once. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
