import type { BrowserWindow } from 'electron';
import type { SettingsFile } from '../core/app/settings-file.ts';

const saveAfterMs = 400;

/** What is asked of a window here. */
export type PlacedWindow = Pick<BrowserWindow, 'getNormalBounds' | 'isMaximized' | 'isDestroyed'> & {
  on(event: 'resize' | 'move' | 'close', listener: () => void): unknown;
};

/**
 * Remembers size and place, a moment after the last change and when the window closes.
 * @param tell a failure to write (a full disk, a file that another program holds): a window's place is not worth more
 *   than a line in the log
 */
export function rememberWindowBounds(
  window: PlacedWindow,
  file: Pick<SettingsFile, 'change'>,
  tell: (error: unknown) => void,
): void {
  let timer: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(timer);
    if (window.isDestroyed()) return;
    const state = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    void file.change(() => state).catch(tell);
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, saveAfterMs);
  };
  window.on('resize', later);
  window.on('move', later);
  window.on('close', save);
}
