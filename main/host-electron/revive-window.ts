import { app, dialog, type BrowserWindow } from 'electron';
import type { NativeTexts } from './native-texts/native-texts.ts';

/** If a page crashes again within this time, it would crash forever. */
const tooSoonMs = 60_000;

/** The dialog after the second crash. */
function questionIn({ crashed }: NativeTexts) {
  return {
    type: 'error' as const,
    message: crashed.message,
    detail: crashed.detail,
    buttons: [crashed.reload, crashed.quit],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
}

/**
 * Reloads a page that crashed, with its saved drafts; after a second crash within a minute it asks first.
 * @param texts returns the texts in the current language
 * @param tell reports what happened, for the log
 */
export function reviveAfterCrash(
  window: BrowserWindow,
  texts: () => NativeTexts,
  tell: (reason: string) => void,
): void {
  let last = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    tell(reason);
    const now = performance.now();
    const again = now - last < tooSoonMs;
    last = now;
    // Electron is still destroying the old page during this event.
    setImmediate(() => void (again ? ask(window, texts()) : reload(window)));
  });
}

function reload(window: BrowserWindow): void {
  if (!window.isDestroyed()) window.webContents.reload();
}

async function ask(window: BrowserWindow, texts: NativeTexts): Promise<void> {
  const { response } = await dialog.showMessageBox(window, questionIn(texts));
  if (response === 0) reload(window);
  else app.quit();
}
