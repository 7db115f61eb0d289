/**
 * Signals that ask a process to stop: Ctrl+C, `kill`, a closed terminal, and Ctrl+Break on Windows. On
 * Windows nothing else can ask: `kill` ends another process immediately.
 */
export const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;

/**
 * Loads a library without its signal handlers. Libraries that clean up on a signal (conf's writer) then send
 * the signal to this process again, which on Windows ends it at once, with calls in progress. They also clean
 * up on `exit`.
 */
export async function loadWithoutSignals<T>(load: () => Promise<T>): Promise<T> {
  const before = stopSignals.map((signal) => new Set<unknown>(process.rawListeners(signal)));
  const loaded = await load();
  stopSignals.forEach((signal, i) => {
    // The library's handlers get only this one signal; ours, which may be added meanwhile, get all.
    for (const heard of process.rawListeners(signal) as NodeJS.SignalsListener[])
      if (!before[i]?.has(heard) && 'listener' in heard) process.off(signal, heard);
  });
  return loaded;
}
