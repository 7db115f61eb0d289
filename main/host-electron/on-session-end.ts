import { powerMonitor, type BrowserWindow } from 'electron';

/**
 * Calls `stop` when the user logs off or the machine shuts down. Windows notifies each window twice, and ends
 * the process soon after the second event, so the first one is used, although the shutdown may still be
 * cancelled. Other systems wait for an app that asks for it.
 */
export function onSessionEnd(window: BrowserWindow, stop: () => void): void {
  window.on('query-session-end', stop);
  window.on('session-end', stop);
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    stop();
  });
}
