import { screen, type Rectangle } from 'electron';

const smallest = { width: 960, height: 600 };
const usual = { width: 1280, height: 800 };

function isVisible({ x, y, width, height }: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea: area }) => {
    const across = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
    const down = Math.min(y + height, area.y + area.height) - Math.max(y, area.y);
    return across > 100 && down > 50;
  });
}

/** The saved bounds, if they are valid; the file may have been edited. */
function savedBounds(saved: unknown): Rectangle | undefined {
  const { x, y, width, height } = (saved ?? {}) as Partial<Record<keyof Rectangle, unknown>>;
  const isWhole = (value: unknown): value is number => Number.isInteger(value);
  return isWhole(x) && isWhole(y) && isWhole(width) && isWhole(height) ? { x, y, width, height } : undefined;
}

/** The window's last position, unless that screen no longer exists. */
export function windowBounds({ bounds: saved, maximized }: Record<string, unknown>) {
  const bounds = savedBounds(saved);
  const shown = bounds && isVisible(bounds) ? bounds : usual;
  return { ...shown, minWidth: smallest.width, minHeight: smallest.height, maximized: maximized === true };
}
