import { create } from 'zustand';
import { paneLimits, railWidth, useLayout } from './layout.ts';

interface InspectorState {
  isDrawer: boolean;
  /**
   * The minimum width of the work pane in pixels; below the desired minimum only if the window is too narrow.
   */
  workMin: number;
  /** Beside the work pane: open until it is closed. */
  paneOpen: boolean;
  /** Over the work pane: closed until it is opened. */
  drawerOpen: boolean;
}

const useInspectorState = create<InspectorState>(() => ({
  isDrawer: false,
  workMin: paneLimits.work,
  paneOpen: true,
  drawerOpen: false,
}));

/** The text size factor: 1.3 needs more space. */
let textScale = 1;

/**
 * The form of the inspector and the minimum width of the work pane.
 * @param width of the window in pixels
 * @param scale the text size factor
 */
export function roomFor(
  width: number,
  scale: number,
  { list, railCollapsed }: { list: number; railCollapsed: boolean },
): Pick<InspectorState, 'isDrawer' | 'workMin'> {
  const room = width / scale - railWidth(railCollapsed);
  const isDrawer = room - list - paneLimits.work < paneLimits.inspector[0];
  const workMin = Math.min(paneLimits.work, room - paneLimits.list[0]);
  return { isDrawer, workMin: Math.max(0, Math.floor(workMin * scale)) };
}

function noteRoom(): void {
  useInspectorState.setState(roomFor(window.innerWidth, textScale, useLayout.getState()));
}

let follows = false;

/** Adapts the panes to the window's width. `scale` is the text size factor. */
export function followWidth(scale: number): void {
  textScale = scale;
  noteRoom();
  if (follows) return;
  follows = true;
  window.addEventListener('resize', noteRoom);
  useLayout.subscribe(noteRoom);
}

/** Converts window pixels to pixels at 100 % text, the unit of stored widths. */
export function unscaled(pixels: number): number {
  return pixels / textScale;
}

/** Opens or closes the inspector, in the form that fits the window's width. */
export function toggleInspector(): void {
  useInspectorState.setState(({ isDrawer, paneOpen, drawerOpen }) =>
    isDrawer ? { drawerOpen: !drawerOpen } : { paneOpen: !paneOpen },
  );
}

/** For content that is only in the inspector. */
export function openInspector(): void {
  useInspectorState.setState(({ isDrawer }) => (isDrawer ? { drawerOpen: true } : { paneOpen: true }));
}

export function useInspector(): { open: boolean; isDrawer: boolean; toggle: () => void } {
  const isDrawer = useInspectorState((state) => state.isDrawer);
  const open = useInspectorState((state) => (state.isDrawer ? state.drawerOpen : state.paneOpen));
  return { open, isDrawer, toggle: toggleInspector };
}

export function useWorkMin(): number {
  return useInspectorState((state) => state.workMin);
}
