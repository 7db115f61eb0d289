import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { providerStatusOf } from '../../../api/provider-status.ts';
import { type Target, useTarget } from '../../../state/target.ts';

/**
 * The model of a new project. Usually none, so that the project follows the module's active preset. A preset whose
 * provider is off or has no key could not translate a line: the Bench's model is used instead if it can.
 */
export function modelToStartWith(
  { providers, defaults }: Pick<RegistryView, 'providers' | 'defaults'>,
  bench: Target = useTarget.getState(),
): { provider?: string; model?: string } {
  const canAnswer = (name: string | null | undefined) =>
    providers.some((provider) => provider.name === name && providerStatusOf(provider) === 'ready');
  const { provider, model } = bench;
  if (canAnswer(defaults.modules['translate']?.provider) || provider === null || provider === 'stub')
    return {};
  return canAnswer(provider) ? { provider, ...(model !== null && { model }) } : {};
}
