import type { BrowserWindow } from 'electron';
import type { SettingsFile } from '../core/app/settings-file.ts';

const saveAfterMs = 400;

/** The part of a window in use here. */
export type PlacedWindow = Pick<BrowserWindow, 'getNormalBounds' | 'isMaximized' | 'isDestroyed'> & {
  on(event: 'resize' | 'move' | 'close', listener: () => void): unknown;
};

/**
 * Saves size and position, a moment after the last change and when the window closes.
 * @param tell reports a failed write (a full disk, a file that another program has open), which is only worth
 * a log line
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
