import { app, dialog, type BrowserWindow } from 'electron';

/** A page that crashes again this soon would only crash for ever. */
const tooSoonMs = 60_000;

const question = {
  type: 'error' as const,
  message: 'The panel’s window has crashed twice within a minute.',
  detail: 'The API goes on answering. What was typed until a moment before the crash is kept.',
  buttons: ['Reload', 'Quit'],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
};

/**
 * Loads a page that crashed once more, with the drafts it had saved; the second time within a minute it asks first.
 * @param tell what happened, for the log
 */
export function reviveAfterCrash(window: BrowserWindow, tell: (reason: string) => void): void {
  let last = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    tell(reason);
    const now = performance.now();
    const again = now - last < tooSoonMs;
    last = now;
    // Electron is still taking the old page down while it tells.
    setImmediate(() => void (again ? ask(window) : reload(window)));
  });
}

function reload(window: BrowserWindow): void {
  if (!window.isDestroyed()) window.webContents.reload();
}

async function ask(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, question);
  if (response === 0) reload(window);
  else app.quit();
}
