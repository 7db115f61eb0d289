/** The places of the panel, in the order of the rail. Settings stand at its foot. */
export const viewIds = [
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
export type ViewId = (typeof viewIds)[number];

/** Where in the panel: a place, and what is open in it (`#/modules/translate/gpt-4o` → `['translate', 'gpt-4o']`). */
export interface Address {
  view: ViewId;
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
  const view = viewIds.find((id) => id === name);
  return view ? { view, path: path.filter((part) => part !== '') } : { view: 'bench', path: [] };
}

/** The fragment that leads to an address, without its `#`. */
export function fragmentOf({ view, path }: Address): string {
  return ['', view, ...path.map(encodeURIComponent)].join('/');
}
