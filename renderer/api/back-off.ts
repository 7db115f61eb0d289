const firstWaitMs = 500;
const maxWaitMs = 15_000;

/** Milliseconds before the next attempt, by the number of consecutive short attempts. */
export function waitBeforeTry(failures: number): number {
  return Math.min(firstWaitMs * 2 ** failures, maxWaitMs);
}

type Attempt = (signal: AbortSignal) => Promise<'again' | 'stop'>;

/**
 * Runs `attempt` again whenever it ends, with a wait that grows while attempts are short, until it returns
 * `stop`. `onEnd` is called after each attempt. Returns the function that stops it.
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
