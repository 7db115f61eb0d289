const firstWaitMs = 500;
const maxWaitMs = 15_000;

/** Milliseconds before the next try, after so many tries in a row that ended soon. */
export function waitBeforeTry(failures: number): number {
  return Math.min(firstWaitMs * 2 ** failures, maxWaitMs);
}

type Attempt = (signal: AbortSignal) => Promise<'again' | 'stop'>;

/**
 * Runs `attempt` again each time it has ended, after a wait that grows while it ends soon, until it says `stop`.
 * `onEnd` is called when one has ended. Returns the function that stops it.
 */
export function repeatWithBackOff(attempt: Attempt, onEnd: () => void): () => void {
  const stop = new AbortController();
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function run(): Promise<void> {
    const startedAt = Date.now();
    const next = await attempt(stop.signal).catch(() => 'again' as const);
    if (stop.signal.aborted || next === 'stop') return;
    onEnd();
    const wasLong = Date.now() - startedAt > maxWaitMs;
    timer = setTimeout(run, waitBeforeTry(failures));
    failures = wasLong ? 0 : failures + 1;
  }

  void run();
  return () => {
    stop.abort();
    clearTimeout(timer);
  };
}
