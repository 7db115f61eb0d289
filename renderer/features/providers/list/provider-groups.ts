import type { Diagnostics, ProviderView } from '../../../../contract/provider.ts';
import type { Standing } from '../../../api/provider-standing.ts';
import { standingOf } from '../../../api/provider-standing.ts';
import type { ListFilter } from './list-filter.ts';
import { noFilter, passes } from './list-filter.ts';

/** Where a provider stands in the list: ready only once it was asked and answered. */
type ListStanding = Standing | 'not_checked';

export interface ProviderGroup {
  standing: ListStanding;
  providers: ProviderView[];
}

const order: readonly ListStanding[] = ['ready', 'not_checked', 'needs_key', 'unreachable', 'off'];

/** As `standingOf`; what is ready as far as is known, and was not asked yet, is not called ready. The stub needs no asking. */
function listStandingOf(provider: ProviderView, health: Diagnostics | undefined): ListStanding {
  const standing = standingOf(provider, health);
  if (standing !== 'ready' || provider.kind === 'stub') return standing;
  return health?.status === 'ok' ? 'ready' : 'not_checked';
}

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
      providers: found.filter((provider) => listStandingOf(provider, health.get(provider.name)) === standing),
    }))
    .filter((group) => group.providers.length > 0);
}
