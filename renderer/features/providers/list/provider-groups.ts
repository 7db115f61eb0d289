import type { Diagnostics, ProviderView } from '../../../../contract/provider.ts';
import type { Standing } from '../../../api/provider-standing.ts';
import { standingOf } from '../../../api/provider-standing.ts';
import type { ListFilter } from './list-filter.ts';
import { noFilter, passes } from './list-filter.ts';

export interface ProviderGroup {
  standing: Standing;
  providers: ProviderView[];
}

const order: readonly Standing[] = ['ready', 'needs_key', 'unreachable', 'off'];

/** Providers by what stands between them and a live call; empty groups are left out. */
export function groupProviders(
  providers: readonly ProviderView[],
  health: ReadonlyMap<string, Diagnostics>,
  filter: ListFilter = noFilter,
): ProviderGroup[] {
  const found = providers.filter((provider) => passes(provider, filter));
  return order
    .map((standing) => ({
      standing,
      providers: found.filter((provider) => standingOf(provider, health.get(provider.name)) === standing),
    }))
    .filter((group) => group.providers.length > 0);
}
