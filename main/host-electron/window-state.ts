import { screen, type BrowserWindow, type Rectangle } from 'electron';
import type { SettingsFile } from '../core/app/settings-file.ts';

const smallest = { width: 960, height: 600 };
const usual = { width: 1280, height: 800 };
const saveAfterMs = 400;

function isVisible({ x, y, width, height }: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea: area }) => {
    const across = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
    const down = Math.min(y + height, area.y + area.height) - Math.max(y, area.y);
    return across > 100 && down > 50;
  });
}

/** Bounds as they were saved, if that is what they are: the file is anybody's to edit. */
function savedBounds(saved: unknown): Rectangle | undefined {
  const { x, y, width, height } = (saved ?? {}) as Partial<Record<keyof Rectangle, unknown>>;
  const isWhole = (value: unknown): value is number => Number.isInteger(value);
  return isWhole(x) && isWhole(y) && isWhole(width) && isWhole(height) ? { x, y, width, height } : undefined;
}

/** Where the window was last, unless that screen is gone. */
export function windowPlace({ bounds: saved, maximized }: Record<string, unknown>) {
  const bounds = savedBounds(saved);
  const place = bounds && isVisible(bounds) ? bounds : usual;
  return { ...place, minWidth: smallest.width, minHeight: smallest.height, maximized: maximized === true };
}

/** Remembers size and place, a moment after the last change and when the window closes. */
export function rememberPlace(window: BrowserWindow, file: SettingsFile): void {
  let timer: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(timer);
    const place = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    // A place that cannot be saved is no reason to disturb anyone.
    void file.change(() => place).catch(() => {});
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, saveAfterMs);
  };
  window.on('resize', later);
  window.on('move', later);
  window.on('close', save);
}
