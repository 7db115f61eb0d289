import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { Contestant } from '../../../../contract/trials.ts';
import type { Target } from '../../../state/target.ts';
import { modelOptions } from './target-options.ts';

/** What answers for a target, also where it leaves that to the module or to the provider; null where nothing is known. */
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
 * Who takes part in a trial of what answers in these columns, each once.
 * @param installedModel what a local server is asked with where no model is chosen; null: its first listed one
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
