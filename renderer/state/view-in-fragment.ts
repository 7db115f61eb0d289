/** The panel's views, in the order of the rail. Settings are at its bottom. */
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

/**
 * An address in the panel: a view, and what is open in it (`#/modules/translate/gpt-4o` → `['translate',
 * 'gpt-4o']`).
 */
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

/** The address in a fragment; the Bench for an unknown view. */
export function addressIn(fragment: string): Address {
  const [name, ...path] = fragment.replace(/^#\/?/, '').split('/').map(decoded);
  const view = viewIds.find((id) => id === name);
  return view ? { view, path: path.filter((part) => part !== '') } : { view: 'bench', path: [] };
}

/** The fragment for an address, without its `#`. */
export function fragmentOf({ view, path }: Address): string {
  return ['', view, ...path.map(encodeURIComponent)].join('/');
}
