import type { PresetEntry } from '../../../contract/module-preset.ts';
import type { Registry } from './build-registry.ts';
import { isGone } from './lifecycle.ts';
import type { Model, Module } from './model/model.ts';

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

/** True when a live call to the preset's model can succeed as far as is recorded. */
export function isAlive(
  registry: Registry,
  preset: Pick<PresetEntry, 'provider' | 'model'>,
  today: string,
): boolean {
  const provider = registry.providers.get(preset.provider);
  if (!provider) return false;
  const model = findModel(provider.models, preset.model) ?? { id: preset.model, wireId: preset.model };
  return !isGone(registry.lifecycle.view(provider, model, today).status);
}

export interface ActivePreset {
  preset: PresetEntry;
  /** Why it is not the one the module names; null when it is. */
  moved: string | null;
}

/**
 * The preset that serves a module today: its active one, or when that model is gone the one that replaces it, else
 * the next living one by rank.
 */
export function activePreset(registry: Registry, module: Module, today: string): ActivePreset | null {
  const named = module.shortlist.find((p) => p.id === module.active);
  if (!named) return null;
  if (isAlive(registry, named, today)) return { preset: named, moved: null };
  const rest = [
    ...module.shortlist.filter((p) => p.replaces === named.id),
    ...module.shortlist.filter((p) => p.rank > named.rank),
    ...module.shortlist.filter((p) => p.rank < named.rank),
  ];
  const next = rest.find((p) => isAlive(registry, p, today));
  if (!next)
    return { preset: named, moved: `${named.model} is gone, and no preset of ${module.name} is alive` };
  return {
    preset: next,
    moved: `${named.model} (${named.id}) is gone; ${next.id} serves ${module.name} instead`,
  };
}
