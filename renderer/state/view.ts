import { create } from 'zustand';
import type { Address, ViewId } from './view-in-fragment.ts';
import { addressIn, fragmentOf } from './view-in-fragment.ts';

/** The current view, and what was open in each view when it was left. */
interface Here extends Address {
  lastPaths: Partial<Record<ViewId, readonly string[]>>;
}

// Without a window, as in tests of pure functions, it is the first view.
const first = typeof window === 'undefined' ? '' : window.location.hash;

export const useView = create<Here>(() => ({ ...addressIn(first), lastPaths: {} }));

/** The path in the current view, such as a provider's name. */
export function usePath(): readonly string[] {
  return useView(({ path }) => path);
}

/** Opens something in a view; Back returns to the previous address. */
export function goTo(view: ViewId, ...path: string[]): void {
  window.location.hash = fragmentOf({ view, path });
}

/** Returns to a view as it was left. */
export function returnTo(view: ViewId): void {
  const here = useView.getState();
  if (here.view !== view) goTo(view, ...(here.lastPaths[view] ?? []));
}

/** Keeps view and URL in sync; called once. */
export function followAddress(): void {
  window.addEventListener('hashchange', () =>
    useView.setState(({ view, path, lastPaths }) => ({
      ...addressIn(window.location.hash),
      lastPaths: { ...lastPaths, [view]: path },
    })),
  );
}
