import type { RegistryView } from '../../../contract/operations/registry.ts';
import { providerStatusOf } from '../../api/provider-status.ts';

export const tabIds = ['connection', 'models', 'activity'] as const;
export type TabId = (typeof tabIds)[number];

/** What the Providers view shows. */
export type Selection =
  | { kind: 'provider'; name: string; tab: TabId }
  | { kind: 'adapter'; id: string }
  | { kind: 'new' }
  | { kind: 'paste' }
  | { kind: 'service' }
  | { kind: 'news' }
  | { kind: 'local' }
  | { kind: 'models' }
  | { kind: 'notices' }
  | { kind: 'none' };

// No provider's name begins with a plus sign.
const pages: ReadonlyMap<string | undefined, Selection> = new Map<string, Selection>([
  ['+new', { kind: 'new' }],
  ['+paste', { kind: 'paste' }],
  ['+service', { kind: 'service' }],
  ['+news', { kind: 'news' }],
  ['+local', { kind: 'local' }],
  ['+models', { kind: 'models' }],
  ['+notices', { kind: 'notices' }],
]);

function tabIn(part: string | undefined): TabId {
  return tabIds.find((id) => id === part) ?? 'connection';
}

/**
 * The selection in an address path; by default, or if the named item no longer exists, the first ready
 * provider.
 */
export function selectionIn({ providers, runtime }: RegistryView, [name, tab]: readonly string[]): Selection {
  const page = pages.get(name);
  if (page) return page;
  if (runtime.some(({ adapter_id: id }) => id === name)) return { kind: 'adapter', id: name ?? '' };
  const first = providers.find((provider) => providerStatusOf(provider) === 'ready') ?? providers[0];
  const found = providers.find((provider) => provider.name === name) ?? first;
  return found ? { kind: 'provider', name: found.name, tab: tabIn(tab) } : { kind: 'none' };
}
