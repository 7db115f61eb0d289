/**
 * The signals that ask a process to stop: Ctrl+C, `kill`, a terminal that closes, and on Windows Ctrl+Break. There
 * nothing else can ask: `kill` of another process ends it without a word.
 */
export const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;

/**
 * Loads a library without what it does on a signal. Those that tidy up (conf's writer) then send the signal to this very
 * process, which on Windows ends it at once, calls under way and all; they tidy up on `exit` as well.
 */
export async function loadWithoutSignals<T>(load: () => Promise<T>): Promise<T> {
  const before = stopSignals.map((signal) => new Set<unknown>(process.rawListeners(signal)));
  const loaded = await load();
  stopSignals.forEach((signal, i) => {
    // Theirs hear one signal only; ours, which may come meanwhile, hear all.
    for (const heard of process.rawListeners(signal) as NodeJS.SignalsListener[])
      if (!before[i]?.has(heard) && 'listener' in heard) process.off(signal, heard);
  });
  return loaded;
}
