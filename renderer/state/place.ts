import { create } from 'zustand';
import type { PlaceId } from './place-in-fragment.ts';
import { placeInFragment } from './place-in-fragment.ts';

export const usePlace = create<{ place: PlaceId }>(() => ({ place: placeInFragment(window.location.hash) }));

/** Goes to a place; Back returns to the one before. */
export function goTo(place: PlaceId): void {
  if (usePlace.getState().place !== place) window.location.hash = `/${place}`;
}

/** Keeps the place and the address together; called once. */
export function followAddress(): void {
  window.addEventListener('hashchange', () =>
    usePlace.setState({ place: placeInFragment(window.location.hash) }),
  );
}
