import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** Widths in pixels at 100 % text: minimum and maximum of a pane, and the minimum of the work pane. */
export const paneLimits = { list: [176, 440], work: 640, inspector: [300, 720] } as const;

interface LayoutState {
  list: number;
  inspector: number;
  /** The rail shows only icons. */
  railCollapsed: boolean;
}

/** From this width on the window has room to show a request's lines unbroken. */
const wideWindow = 1600;
const isWide = typeof window !== 'undefined' && window.innerWidth >= wideWindow;

const first: LayoutState = { list: 240, inspector: isWide ? 440 : 328, railCollapsed: false };

function isWidth(value: unknown, [least, max]: readonly [number, number]): value is number {
  return typeof value === 'number' && value >= least && value <= max;
}

/** The stored layout, as far as it is valid. */
function keptLayout(stored: unknown): LayoutState {
  const { list, inspector, railCollapsed } = (stored ?? {}) as Partial<Record<keyof LayoutState, unknown>>;
  return {
    list: isWidth(list, paneLimits.list) ? list : first.list,
    inspector: isWidth(inspector, paneLimits.inspector) ? inspector : first.inspector,
    railCollapsed: railCollapsed === true,
  };
}

/** The window's layout, stored per window because another screen needs another layout. */
export const useLayout = create<LayoutState>()(
  persist(() => first, { name: 'panel-layout', version: 1, merge: keptLayout }),
);

/**
 * Stores a pane's width.
 * @param width in pixels at 100 % text
 */
export function setPaneWidth(pane: 'list' | 'inspector', width: number): void {
  const [least, max] = paneLimits[pane];
  if (Number.isFinite(width))
    useLayout.setState({ [pane]: Math.min(max, Math.max(least, Math.round(width))) });
}

export function toggleRail(): void {
  useLayout.setState(({ railCollapsed }) => ({ railCollapsed: !railCollapsed }));
}

export function railWidth(collapsed: boolean): number {
  return collapsed ? 48 : 72;
}
