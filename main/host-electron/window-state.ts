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

/** Bounds as they were saved, if that is what they are: the file is anybody's to edit. */
function savedBounds(saved: unknown): Rectangle | undefined {
  const { x, y, width, height } = (saved ?? {}) as Partial<Record<keyof Rectangle, unknown>>;
  const isWhole = (value: unknown): value is number => Number.isInteger(value);
  return isWhole(x) && isWhole(y) && isWhole(width) && isWhole(height) ? { x, y, width, height } : undefined;
}

/** Where the window was last, unless that screen is gone. */
export function windowBounds({ bounds: saved, maximized }: Record<string, unknown>) {
  const bounds = savedBounds(saved);
  const shown = bounds && isVisible(bounds) ? bounds : usual;
  return { ...shown, minWidth: smallest.width, minHeight: smallest.height, maximized: maximized === true };
}
