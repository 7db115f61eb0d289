import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { Contestant } from '../../../../contract/trials.ts';
import type { Target } from '../../../state/target.ts';
import { modelOptions } from './target-options.ts';

/**
 * The preset or model that answers for a target, with the defaults of module and provider applied. Null if
 * unknown.
 */
async function contestantOf(
  target: Target,
  registry: RegistryView,
  installedModel: (target: Target) => Promise<string | null>,
): Promise<Contestant | null> {
  const { module, provider, preset } = target;
  if (provider === null) {
    const { defaults } = registry;
    const serving = preset ?? (module === null ? null : (defaults.modules[module]?.active_preset ?? null));
    if (serving !== null) return { preset: serving };
    const byDefault = module === null ? defaults : (defaults.modules[module] ?? defaults);
    return { provider: byDefault.provider, model: byDefault.model };
  }
  const model =
    target.model ?? (await installedModel(target)) ?? modelOptions(registry, target)[0]?.value ?? null;
  return model === null ? null : { provider, model };
}

/**
 * The contestants of a trial of these columns, without duplicates.
 * @param installedModel the model to use for a local server if none is chosen; null: the first one listed
 */
export async function contestantsOf(
  targets: readonly Target[],
  registry: RegistryView,
  installedModel: (target: Target) => Promise<string | null>,
): Promise<Contestant[]> {
  const all = await Promise.all(targets.map((target) => contestantOf(target, registry, installedModel)));
  const byKey = new Map(all.flatMap((one) => (one ? [[JSON.stringify(one), one] as const] : [])));
  return [...byKey.values()];
}
