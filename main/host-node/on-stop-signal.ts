import { stopSignals } from '../core/lib/stop-signals.ts';

/** npm and a library of ours repeat a signal at once. */
const echoMs = 1500;

/** What calls under way get to finish. */
const usualGraceMs = 10_000;

/** Windows ends a process ten seconds after its console window was closed, whatever it is doing. */
const closedConsoleGraceMs = 4000;

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
