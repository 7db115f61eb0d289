import { request } from '../../../api/client.ts';
import { queryClient } from '../../../api/query-client.ts';
import { switchSteps, type Flags, type Switched } from './switch-steps.ts';

/**
 * Turns a provider on or off. @throws OperationError of `features.set`, `providers.get` or `providers.save`
 */
export async function switchProvider(provider: Switched, features: Flags, on: boolean): Promise<void> {
  for (const { flag, entry } of switchSteps(provider, features, on)) {
    if (flag) await request('features.set', flag);
    if (entry === undefined) continue;
    const { provider: saved } = await request('providers.get', { name: provider.name });
    await request('providers.save', { provider: { ...saved, enabled: entry } });
  }
  await queryClient.invalidateQueries({ queryKey: ['registry.get'] });
}
