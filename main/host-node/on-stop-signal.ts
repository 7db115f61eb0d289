/** npm and a library of ours repeat a signal at once. */
const echoMs = 1500;

/**
 * Tells a process to stop by SIGINT or SIGTERM. The listeners stay: what else listens for a moment (conf,
 * while it writes) would take Chromium's own handlers away with its own.
 * @param stop at the first signal
 * @param hurry at a later one, which is from someone who does not want to wait
 */
export function onStopSignal(stop: () => void, hurry: () => void): void {
  let since: number | undefined;
  const heard = () => {
    if (since === undefined) {
      since = performance.now();
      stop();
    } else if (performance.now() - since > echoMs) hurry();
  };
  process.on('SIGINT', heard);
  process.on('SIGTERM', heard);
}
