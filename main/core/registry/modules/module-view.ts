import type { ModuleView } from '../../../../contract/provider.ts';
import { activePreset, findModel, type IsUsable } from '../active-preset.ts';
import type { Registry } from '../build-registry.ts';
import { dayOf } from '../lifecycle.ts';
import type { Module } from '../model/model.ts';
import { moduleNotices } from './module-notices.ts';

/**
 * A module with its presets as they serve today.
 * @param parts.usable whether a provider could be called; without it no default moves to another provider
 */
export function moduleView(
  parts: { registry: Registry; now: number; usable?: IsUsable },
  module: Module,
): ModuleView {
  const { registry, now, usable } = parts;
  const today = dayOf(now);
  const shortlist = module.shortlist.map((entry) => {
    const provider = registry.providers.get(entry.provider);
    const model = (provider && findModel(provider.models, entry.model)) ?? {
      id: entry.model,
      wireId: entry.model,
    };
    const gone = { status: 'unknown' as const, shutdown: null, successor: null, source: null, as_of: null };
    return { ...entry, lifecycle: provider ? registry.lifecycle.view(provider, model, today) : gone };
  });
  const active = module.override ? null : activePreset(registry, module, today, usable);
  const serving = module.override ?? active?.preset;
  return {
    provider: serving?.provider ?? registry.defaults.provider,
    model: serving?.model ?? registry.defaults.model,
    options: serving?.options ?? {},
    tags: module.tags,
    label: module.label,
    ...(module.schema ? { schema: module.schema } : {}),
    active_preset: active?.preset.id ?? null,
    moved: active?.moved?.message ?? null,
    notices: moduleNotices(registry, module, today, usable),
    shortlist,
  };
}
