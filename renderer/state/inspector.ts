import { create } from 'zustand';

/** Below this many pixels at 100 % text the inspector covers the work instead of standing beside it. */
const narrowBelow = 1180;

interface InspectorState {
  isDrawer: boolean;
  /** Beside the work: open until it is closed. */
  paneOpen: boolean;
  /** Over the work: closed until it is asked for. */
  drawerOpen: boolean;
}

const useInspectorState = create<InspectorState>(() => ({
  isDrawer: false,
  paneOpen: true,
  drawerOpen: false,
}));

let narrow: MediaQueryList | undefined;

function noteWidth(): void {
  useInspectorState.setState({ isDrawer: narrow?.matches ?? false });
}

/** Keeps the inspector's form in step with the window's width. `scale` is that of the text: 1.3 needs more room. */
export function followWidth(scale: number): void {
  narrow?.removeEventListener('change', noteWidth);
  narrow = window.matchMedia(`(width < ${narrowBelow * scale}px)`);
  narrow.addEventListener('change', noteWidth);
  noteWidth();
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
  const { isDrawer, paneOpen, drawerOpen } = useInspectorState();
  return { open: isDrawer ? drawerOpen : paneOpen, isDrawer, toggle: toggleInspector };
}
