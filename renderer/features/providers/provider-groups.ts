import type { Diagnostics, ProviderView } from '../../../contract/provider.ts';
import type { Standing } from '../../api/provider-standing.ts';
import { standingOf } from '../../api/provider-standing.ts';

export interface ProviderGroup {
  standing: Standing;
  providers: ProviderView[];
}

const order: readonly Standing[] = ['ready', 'needs_key', 'unreachable', 'off'];

function matches(provider: ProviderView, search: string): boolean {
  const words = [provider.name, provider.label, provider.kind, provider.adapter, ...provider.tags];
  return words.some((word) => word.toLowerCase().includes(search));
}

/** Providers by what stands between them and a live call; empty groups are left out. */
export function groupProviders(
  providers: readonly ProviderView[],
  health: ReadonlyMap<string, Diagnostics>,
  search = '',
): ProviderGroup[] {
  const wanted = search.trim().toLowerCase();
  const found = providers.filter((provider) => matches(provider, wanted));
  return order
    .map((standing) => ({
      standing,
      providers: found.filter((provider) => standingOf(provider, health.get(provider.name)) === standing),
    }))
    .filter((group) => group.providers.length > 0);
}
