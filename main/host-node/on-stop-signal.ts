/** npm and a library of ours repeat a signal at once. */
const echoMs = 1500;

/** What calls under way get to finish. */
const usualGraceMs = 10_000;

/** Windows ends a process ten seconds after its console window was closed, whatever it is doing. */
const closedConsoleGraceMs = 4000;

/**
 * The signals that ask a process to stop: Ctrl+C, `kill`, a terminal that closes, and on Windows Ctrl+Break. There
 * nothing else can ask: `kill` of another process ends it without a word.
 */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;

/** @returns milliseconds that calls under way get after a signal */
export function graceAfter(signal: NodeJS.Signals, platform: NodeJS.Platform = process.platform): number {
  return platform === 'win32' && signal === 'SIGHUP' ? closedConsoleGraceMs : usualGraceMs;
}

/**
 * Tells a process to stop when the system or a person asks it to. The listeners stay: what else listens for a moment
 * (conf, while it writes) would take Chromium's own handlers away with its own.
 * @param stop at the first signal, with the milliseconds that calls under way get
 * @param hurry at a later one, which is from someone who does not want to wait
 */
export function onStopSignal(stop: (graceMs: number) => void, hurry: () => void): void {
  let since: number | undefined;
  const heard = (signal: NodeJS.Signals) => {
    if (since === undefined) {
      since = performance.now();
      stop(graceAfter(signal));
    } else if (performance.now() - since > echoMs) hurry();
  };
  for (const signal of stopSignals) process.on(signal, heard);
}

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
