import { powerMonitor, type BrowserWindow } from 'electron';

/**
 * Calls `stop` when the user logs off or the machine is shut down. Windows tells each window, and ends the process soon
 * after the second event: the first one is taken as well, although a shutdown may still be called off. Elsewhere the
 * system waits for an app that asks it to.
 */
export function onSessionEnd(window: BrowserWindow, stop: () => void): void {
  window.on('query-session-end', stop);
  window.on('session-end', stop);
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    stop();
  });
}
