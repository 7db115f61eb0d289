/**
 * Waits this many milliseconds.
 * @throws the reason of the first signal that is aborted earlier
 */
export function pause(ms: number, signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener('abort', end);
      const aborted = signals.find((signal) => signal.aborted);
      if (aborted) reject(aborted.reason as Error);
      else resolve();
    };
    const timer = setTimeout(end, ms);
    for (const signal of signals) signal.addEventListener('abort', end, { once: true });
    if (signals.some(({ aborted }) => aborted)) end();
  });
}
