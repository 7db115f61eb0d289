import { screen, type BrowserWindow, type Rectangle } from 'electron';
import { z } from 'zod';
import type { SettingsFile } from '../core/settings.ts';

const state = z.object({
  bounds: z
    .object({ x: z.number().int(), y: z.number().int(), width: z.number().int(), height: z.number().int() })
    .optional(),
  maximized: z.boolean().default(false),
});

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

/** Where the window was last, unless that screen is gone. */
export function windowPlace(file: SettingsFile) {
  const { bounds, maximized } = state.catch({ maximized: false }).parse(file.store);
  const place = bounds && isVisible(bounds) ? bounds : usual;
  return { ...place, minWidth: smallest.width, minHeight: smallest.height, maximized };
}

/** Remembers size and place, a moment after the last change and when the window closes. */
export function rememberPlace(window: BrowserWindow, file: SettingsFile): void {
  let timer: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(timer);
    file.store = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, saveAfterMs);
  };
  window.on('resize', later);
  window.on('move', later);
  window.on('close', save);
}
