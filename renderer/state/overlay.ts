import { create } from 'zustand';

/** What covers the current view: the documents, or the changes that can be undone. */
export type Overlay = 'help' | 'changes';

export const useOverlay = create<{ open: Overlay | null }>(() => ({ open: null }));

export function openOverlay(open: Overlay): void {
  useOverlay.setState({ open });
}

export function closeOverlay(): void {
  useOverlay.setState({ open: null });
}
