import { create } from 'zustand';

/** The places of the panel, in the order of the rail. Settings stand at its foot. */
export const placeIds = ['bench', 'providers', 'settings'] as const;
export type PlaceId = (typeof placeIds)[number];

/** The place that an address' fragment names (`#/providers`); the Bench where it names none. */
export function placeInFragment(fragment: string): PlaceId {
  const name = fragment.replace(/^#\/?/, '');
  return placeIds.find((id) => id === name) ?? 'bench';
}

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
