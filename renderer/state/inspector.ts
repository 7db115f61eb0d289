import { create } from 'zustand';
import { paneLimits, railWidth, useLayout } from './layout.ts';

interface InspectorState {
  isDrawer: boolean;
  /** The least width of the work pane, in pixels: less than it should have only where the window has no more. */
  workMin: number;
  /** Beside the work: open until it is closed. */
  paneOpen: boolean;
  /** Over the work: closed until it is asked for. */
  drawerOpen: boolean;
}

const useInspectorState = create<InspectorState>(() => ({
  isDrawer: false,
  workMin: paneLimits.work,
  paneOpen: true,
  drawerOpen: false,
}));

/** How large text is drawn: 1.3 needs more room. */
let textScale = 1;

/**
 * The form of the inspector and the least width of the work pane.
 * @param width of the window in pixels
 * @param scale of the text
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

/** Keeps the panes in step with the window's width. `scale` is that of the text. */
export function followWidth(scale: number): void {
  textScale = scale;
  noteRoom();
  if (follows) return;
  follows = true;
  window.addEventListener('resize', noteRoom);
  useLayout.subscribe(noteRoom);
}

/** Pixels of the window as pixels at 100 % text, which is how widths are kept. */
export function unscaled(pixels: number): number {
  return pixels / textScale;
}

/** Opens or closes the inspector in the form that the window's width gives it. */
export function toggleInspector(): void {
  useInspectorState.setState(({ isDrawer, paneOpen, drawerOpen }) =>
    isDrawer ? { drawerOpen: !drawerOpen } : { paneOpen: !paneOpen },
  );
}

/** For what is only in the inspector. */
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
