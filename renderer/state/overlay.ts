import { create } from 'zustand';

/** What lies over the place on screen: the documents, or what can be undone. */
export type Overlay = 'help' | 'changes';

export const useOverlay = create<{ open: Overlay | null }>(() => ({ open: null }));

export function openOverlay(open: Overlay): void {
  useOverlay.setState({ open });
}

export function closeOverlay(): void {
  useOverlay.setState({ open: null });
}
