import type { Diagnostics, ProviderView } from '../../../../contract/provider.ts';
import type { ProviderStatus } from '../../../api/provider-status.ts';
import { providerStatusOf } from '../../../api/provider-status.ts';
import type { ListFilter } from './list-filter.ts';
import { noFilter, passesFilter } from './list-filter.ts';

/** The status in the list. `ready` requires a successful check. */
type ListStatus = ProviderStatus | 'not_checked';

export interface ProviderGroup {
  status: ListStatus;
  providers: ProviderView[];
}

const order: readonly ListStatus[] = [
  'ready',
  'not_checked',
  'needs_key',
  'key_refused',
  'error',
  'unreachable',
  'off',
];

/**
 * Like `providerStatusOf`, but a provider without a check is `not_checked` instead of ready. The stub needs
 * no check.
 */
function listStatusOf(provider: ProviderView, health: Diagnostics | undefined): ListStatus {
  const status = providerStatusOf(provider, health);
  if (status !== 'ready' || provider.kind === 'stub') return status;
  return health?.status === 'ok' ? 'ready' : 'not_checked';
}

/** Providers grouped by status; empty groups are left out. */
export function groupProviders(
  providers: readonly ProviderView[],
  health: ReadonlyMap<string, Diagnostics>,
  filter: ListFilter = noFilter,
): ProviderGroup[] {
  const found = providers.filter((provider) => passesFilter(provider, filter));
  return order
    .map((status) => ({
      status,
      providers: found.filter((provider) => listStatusOf(provider, health.get(provider.name)) === status),
    }))
    .filter((group) => group.providers.length > 0);
}
