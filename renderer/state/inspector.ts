import { useSyncExternalStore } from 'react';
import { create } from 'zustand';

// Below this the inspector covers the work instead of standing beside it.
const narrow = window.matchMedia('(width < 1180px)');

interface InspectorState {
  /** Beside the work: open until it is closed. */
  paneOpen: boolean;
  /** Over the work: closed until it is asked for. */
  drawerOpen: boolean;
}

const useInspectorState = create<InspectorState>(() => ({ paneOpen: true, drawerOpen: false }));

function onWidth(listener: () => void): () => void {
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
}

/** Opens or closes the inspector in the form that the window's width gives it. */
export function toggleInspector(): void {
  useInspectorState.setState(({ paneOpen, drawerOpen }) =>
    narrow.matches ? { drawerOpen: !drawerOpen } : { paneOpen: !paneOpen },
  );
}

/** For what is only in the inspector. */
export function openInspector(): void {
  useInspectorState.setState(narrow.matches ? { drawerOpen: true } : { paneOpen: true });
}

export function useInspector(): { open: boolean; isDrawer: boolean; toggle: () => void } {
  const isDrawer = useSyncExternalStore(onWidth, () => narrow.matches);
  const open = useInspectorState(({ paneOpen, drawerOpen }) => (isDrawer ? drawerOpen : paneOpen));
  return { open, isDrawer, toggle: toggleInspector };
}
