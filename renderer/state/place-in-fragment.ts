/** The places of the panel, in the order of the rail. Settings stand at its foot. */
export const placeIds = [
  'bench',
  'translate',
  'providers',
  'modules',
  'prompt-packs',
  'history',
  'server',
  'trials',
  'settings',
] as const;
export type PlaceId = (typeof placeIds)[number];

/** Where in the panel: a place, and what is open in it (`#/modules/translate/gpt-4o` → `['translate', 'gpt-4o']`). */
export interface Address {
  place: PlaceId;
  path: readonly string[];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address that a fragment names; the Bench where it names no place of ours. */
export function addressIn(fragment: string): Address {
  const [name, ...path] = fragment.replace(/^#\/?/, '').split('/').map(decoded);
  const place = placeIds.find((id) => id === name);
  return place ? { place, path: path.filter((part) => part !== '') } : { place: 'bench', path: [] };
}

/** The fragment that leads to an address, without its `#`. */
export function fragmentOf({ place, path }: Address): string {
  return ['', place, ...path.map(encodeURIComponent)].join('/');
}
