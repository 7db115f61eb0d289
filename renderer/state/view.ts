import { create } from 'zustand';
import type { Address, ViewId } from './view-in-fragment.ts';
import { addressIn, fragmentOf } from './view-in-fragment.ts';

/** Where the window is, and what was open in each place when it was left. */
interface Here extends Address {
  lastPaths: Partial<Record<ViewId, readonly string[]>>;
}

// Without a window, where pure parts of a place are tested, it is the first place.
const first = typeof window === 'undefined' ? '' : window.location.hash;

export const useView = create<Here>(() => ({ ...addressIn(first), lastPaths: {} }));

/** What is open in the place on screen, e.g. a provider's name. */
export function usePath(): readonly string[] {
  return useView(({ path }) => path);
}

/** Opens something in a place; Back returns to what was there before. */
export function goTo(view: ViewId, ...path: string[]): void {
  window.location.hash = fragmentOf({ view, path });
}

/** Goes back to a place as it was left. */
export function returnTo(view: ViewId): void {
  const here = useView.getState();
  if (here.view !== view) goTo(view, ...(here.lastPaths[view] ?? []));
}

/** Keeps the place and the address together; called once. */
export function followAddress(): void {
  window.addEventListener('hashchange', () =>
    useView.setState(({ view, path, lastPaths }) => ({
      ...addressIn(window.location.hash),
      lastPaths: { ...lastPaths, [view]: path },
    })),
  );
}
