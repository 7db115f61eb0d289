import type { LifecycleView, PresetEntry } from '../../../contract/module-preset.ts';
import type { Warning, WarningValues } from '../../../contract/warnings.ts';
import { warning } from '../lib/warning.ts';
import type { Registry } from './build-registry.ts';
import { isGone } from './lifecycle.ts';
import type { Model, Module, Provider } from './model/model.ts';

/** A model by either of its ids. */
export function findModel(models: readonly Model[], id: string): Model | undefined {
  return models.find((model) => model.id === id) ?? models.find(({ wireId }) => wireId === id);
}

/** The recorded lifecycle of a preset's model today; `unknown` if its provider does not exist. */
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

/** True if, by the lifecycle records, a live call to the preset's model can succeed. */
export function isAlive(
  registry: Registry,
  preset: Pick<PresetEntry, 'provider' | 'model'>,
  today: string,
): boolean {
  return registry.providers.has(preset.provider) && !isGone(presetLifecycle(registry, preset, today).status);
}

/** True for a preset whose model is neither retired nor deprecated, so that a module can default to it. */
function isLasting(registry: Registry, preset: PresetEntry, today: string): boolean {
  return isAlive(registry, preset, today) && presetLifecycle(registry, preset, today).status !== 'deprecated';
}

/** The preset that replaces another in its module. */
export function standInOf(
  shortlist: readonly PresetEntry[],
  id: string | undefined,
): PresetEntry | undefined {
  return id === undefined ? undefined : shortlist.find(({ replaces }) => replaces === id);
}

export interface ActivePreset {
  preset: PresetEntry;
  /** Why this is not the preset that the module names; null if it is. */
  moved: Warning<'preset_replaced'> | null;
  /** The model of the preset that the module names is retired. */
  gone: boolean;
}

/** Whether a call to a provider could succeed: it is enabled and has the key it needs. */
export type IsUsable = (provider: Provider) => boolean;

/** Without information about flags and keys, only providers that need neither count. */
const needsNothing: IsUsable = (provider) => !provider.switchedOff && provider.kind !== 'cloud';

/** A model whose provider is unknown counts as gone. */
function statusOf({ status }: LifecycleView): WarningValues['preset_replaced']['status'] {
  return status === 'deprecated' || status === 'never_released' ? status : 'gone';
}

function endText({ status, shutdown }: LifecycleView): string {
  if (status === 'deprecated') return `is deprecated${shutdown ? ` and ends on ${shutdown}` : ''}`;
  if (status === 'never_released') return 'was never released';
  return `is gone${shutdown ? ` since ${shutdown}` : ''}`;
}

/**
 * The preset that serves a module today. A user's choice serves until its model is retired. A shipped default
 * is replaced as soon as its model is deprecated: by its recorded replacement at the same provider, else by
 * that provider's first preset (by rank) whose model is not deprecated, else by one of another usable
 * provider.
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
  // Editing the default counts as choosing it.
  const pinned = own?.active === named.id || Object.hasOwn(own?.edits ?? {}, named.id);
  const life = presetLifecycle(registry, named, today);
  const alive = isAlive(registry, named, today);
  if (alive && (pinned || life.status !== 'deprecated')) return { preset: named, moved: null, gone: false };
  const next = successorOf(registry, module, named, today, isUsable);
  const why = `${named.model} (${named.id}) ${endText(life)}`;
  const then = next
    ? `; ${module.name} now uses ${next.id}`
    : `, and no other preset of ${module.name} can take its place`;
  const values = {
    module: module.name,
    preset: named.id,
    model: named.model,
    status: statusOf(life),
    shutdown: life.shutdown,
    replacement: next?.id ?? null,
  };
  return { preset: next ?? named, moved: warning('preset_replaced', values, why + then), gone: !alive };
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
