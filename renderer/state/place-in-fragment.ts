/** The places of the panel, in the order of the rail. Settings stand at its foot. */
export const placeIds = ['bench', 'providers', 'settings'] as const;
export type PlaceId = (typeof placeIds)[number];

/** The place that an address' fragment names (`#/providers`); the Bench where it names none. */
export function placeInFragment(fragment: string): PlaceId {
  const name = fragment.replace(/^#\/?/, '');
  return placeIds.find((id) => id === name) ?? 'bench';
}
