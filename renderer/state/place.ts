import { create } from 'zustand';
import type { Address, PlaceId } from './place-in-fragment.ts';
import { addressIn, fragmentOf } from './place-in-fragment.ts';

/** Where the window is, and what was open in each place when it was left. */
interface Here extends Address {
  lastPaths: Partial<Record<PlaceId, readonly string[]>>;
}

// Without a window, where pure parts of a place are tested, it is the first place.
const first = typeof window === 'undefined' ? '' : window.location.hash;

export const usePlace = create<Here>(() => ({ ...addressIn(first), lastPaths: {} }));

/** What is open in the place on screen, e.g. a provider's name. */
export function usePath(): readonly string[] {
  return usePlace(({ path }) => path);
}

/** Opens something in a place; Back returns to what was there before. */
export function goTo(place: PlaceId, ...path: string[]): void {
  window.location.hash = fragmentOf({ place, path });
}

/** Goes back to a place as it was left. */
export function returnTo(place: PlaceId): void {
  const here = usePlace.getState();
  if (here.place !== place) goTo(place, ...(here.lastPaths[place] ?? []));
}

/** Keeps the place and the address together; called once. */
export function followAddress(): void {
  window.addEventListener('hashchange', () =>
    usePlace.setState(({ place, path, lastPaths }) => ({
      ...addressIn(window.location.hash),
      lastPaths: { ...lastPaths, [place]: path },
    })),
  );
}
