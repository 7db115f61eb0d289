import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** Widths in pixels at 100 % text: the least and the most of a pane, and what the work keeps. */
export const paneLimits = { list: [176, 440], work: 640, inspector: [300, 720] } as const;

interface LayoutState {
  list: number;
  inspector: number;
  /** Icons alone in the rail. */
  railCollapsed: boolean;
}

/** From this width on the window has room to show a request's lines unbroken. */
const wideWindow = 1600;
const isWide = typeof window !== 'undefined' && window.innerWidth >= wideWindow;

const first: LayoutState = { list: 240, inspector: isWide ? 440 : 328, railCollapsed: false };

function isWidth(value: unknown, [least, max]: readonly [number, number]): value is number {
  return typeof value === 'number' && value >= least && value <= max;
}

/** What was kept, as far as it makes sense. */
function keptLayout(stored: unknown): LayoutState {
  const { list, inspector, railCollapsed } = (stored ?? {}) as Partial<Record<keyof LayoutState, unknown>>;
  return {
    list: isWidth(list, paneLimits.list) ? list : first.list,
    inspector: isWidth(inspector, paneLimits.inspector) ? inspector : first.inspector,
    railCollapsed: railCollapsed === true,
  };
}

/** How this window is divided; kept with the window, since another screen wants another division. */
export const useLayout = create<LayoutState>()(
  persist(() => first, { name: 'panel-layout', version: 1, merge: keptLayout }),
);

/** Remembers a pane's width. @param width in pixels at 100 % text */
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
