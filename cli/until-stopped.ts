const signals = ['SIGINT', 'SIGTERM'] as const;

/** Resolves when the process is asked to stop (Ctrl+C, SIGTERM); asked a second time, in whichever way, it stops at once. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      for (const signal of signals) process.off(signal, stop);
      resolve();
    };
    for (const signal of signals) process.on(signal, stop);
  });
}
