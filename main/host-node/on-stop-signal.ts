import { stopSignals } from '../core/lib/stop-signals.ts';

/** npm and a library of ours immediately send a signal again. */
const echoMs = 1500;

/** Time for calls in progress to finish. */
const usualGraceMs = 10_000;

/** Windows ends a process ten seconds after its console window is closed. */
const closedConsoleGraceMs = 4000;

/** @returns milliseconds for calls in progress after a signal */
export function graceAfter(signal: NodeJS.Signals, platform: NodeJS.Platform = process.platform): number {
  return platform === 'win32' && signal === 'SIGHUP' ? closedConsoleGraceMs : usualGraceMs;
}

/**
 * Handles stop signals from the system or the user. The listeners stay registered: otherwise, when another
 * listener (conf, while it writes) is removed, Chromium's own handlers would be removed too.
 * @param stop called at the first signal, with the milliseconds for calls in progress
 * @param hurry called at a later signal: the user does not want to wait
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
