import type { LifecycleView, PresetEntry } from '../../../contract/module-preset.ts';
import type { Registry } from './build-registry.ts';
import { isGone } from './lifecycle.ts';
import type { Model, Module, Provider } from './model/model.ts';

/** A model by either of its names; one that is not listed stands for itself. */
export function findModel(models: readonly Model[], id: string): Model | undefined {
  let index = indexes.get(models);
  if (!index) {
    index = new Map(models.map((model) => [model.wireId, model] as const).reverse());
    for (const model of models.toReversed()) index.set(model.id, model);
    indexes.set(models, index);
  }
  return index.get(id);
}

/** Lists run to thousands of models, and every call looks into one several times. */
const indexes = new WeakMap<readonly Model[], Map<string, Model>>();

/** The recorded life of a preset's model today; `unknown` where no provider has its name. */
export function presetLifecycle(
  registry: Registry,
  preset: Pick<PresetEntry, 'provider' | 'model'>,
  today: string,
): LifecycleView {
  const provider = registry.providers.get(preset.provider);
  if (!provider) return { status: 'unknown', shutdown: null, successor: null, source: null, as_of: null };
  const model = findModel(provider.models, preset.model) ?? { id: preset.model, wireId: preset.model };
  return registry.lifecycle.view(provider, model, today);
}

/** True when a live call to the preset's model can succeed as far as is recorded. */
export function isAlive(
  registry: Registry,
  preset: Pick<PresetEntry, 'provider' | 'model'>,
  today: string,
): boolean {
  return registry.providers.has(preset.provider) && !isGone(presetLifecycle(registry, preset, today).status);
}

/** True for a preset to start from: its model is neither gone nor about to go. */
function isLasting(registry: Registry, preset: PresetEntry, today: string): boolean {
  return isAlive(registry, preset, today) && presetLifecycle(registry, preset, today).status !== 'deprecated';
}

/** The preset that stands in for another in its module. */
export function standInOf(
  shortlist: readonly PresetEntry[],
  id: string | undefined,
): PresetEntry | undefined {
  return id === undefined ? undefined : shortlist.find(({ replaces }) => replaces === id);
}

export interface ActivePreset {
  preset: PresetEntry;
  /** Why it is not the one the module names; null when it is. */
  moved: string | null;
  /** The model of the one that the module names cannot answer any more. */
  gone: boolean;
}

/** Whether a call to a provider could succeed: it is switched on, and has the key it needs. */
export type IsUsable = (provider: Provider) => boolean;

/** Without word from flags and keys, only what needs neither counts. */
const needsNothing: IsUsable = (provider) => !provider.switchedOff && provider.kind !== 'cloud';

function endText({ status, shutdown }: LifecycleView): string {
  if (status === 'deprecated') return `is deprecated${shutdown ? ` and ends on ${shutdown}` : ''}`;
  if (status === 'never_released') return 'was never released';
  return `is gone${shutdown ? ` since ${shutdown}` : ''}`;
}

/**
 * The preset that serves a module today. A user's choice serves until its model is gone. A default that ships gives
 * way as soon as its model is deprecated: to the preset that replaces it at the same provider, else to the first by
 * rank of that provider whose model lasts, else to one of another provider that is switched on and has its key.
 */
export function activePreset(
  registry: Registry,
  module: Module,
  today: string,
  isUsable: IsUsable = needsNothing,
): ActivePreset | null {
  const named = module.shortlist.find((p) => p.id === module.active);
  if (!named) return null;
  const own = registry.userPresets.files.get(module.name);
  // Whoever edited the default chose it.
  const pinned = own?.active === named.id || Object.hasOwn(own?.edits ?? {}, named.id);
  const life = presetLifecycle(registry, named, today);
  const alive = isAlive(registry, named, today);
  if (alive && (pinned || life.status !== 'deprecated')) return { preset: named, moved: null, gone: false };
  const next = successorOf(registry, module, named, today, isUsable);
  const why = `${named.model} (${named.id}) ${endText(life)}`;
  const then = next
    ? `; ${next.id} serves ${module.name} instead`
    : `, and no other preset of ${module.name} can take its place`;
  return { preset: next ?? named, moved: why + then, gone: !alive };
}

function successorOf(
  registry: Registry,
  module: Module,
  named: PresetEntry,
  today: string,
  isUsable: IsUsable,
): PresetEntry | undefined {
  const standIn = standInOf(module.shortlist, named.id);
  const others = module.shortlist.filter((p) => p !== named && p !== standIn);
  const ranked = standIn ? [standIn, ...others] : others;
  const here = (p: PresetEntry) => p.provider === named.provider;
  const usable = (p: PresetEntry) => {
    const provider = registry.providers.get(p.provider);
    return provider !== undefined && isUsable(provider);
  };
  return (
    ranked.find((p) => here(p) && isLasting(registry, p, today)) ??
    ranked.find((p) => usable(p) && isLasting(registry, p, today)) ??
    ranked.find(
      (p) => (here(p) || usable(p)) && isAlive(registry, p, today) && !isAlive(registry, named, today),
    )
  );
}
