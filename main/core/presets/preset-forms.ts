import { isDeepStrictEqual } from 'node:util';
import type { PresetForms } from '../../../contract/user-preset.ts';
import { settingsOf } from '../../../contract/preset-settings.ts';
import type { Registry } from '../registry/build-registry.ts';
import type { Module } from '../registry/model/model.ts';
import { moduleView } from '../registry/modules/module-view.ts';

/** A module's presets in order, each in its shipped and its current form. */
export function presetForms(registry: Registry, module: Module, now: number): PresetForms[] {
  const shipped = new Map(
    registry.shipped.modules.get(module.name)?.shortlist.map((entry) => [entry.id, entry]),
  );
  return moduleView({ registry, now }, module).shortlist.map((current) => {
    const { id, rank, origin } = current;
    const entry = origin === 'user' ? undefined : shipped.get(id);
    const dirty = entry !== undefined && !isDeepStrictEqual(settingsOf(entry), settingsOf(current));
    return { id, rank, origin, shipped: entry ?? null, current, dirty };
  });
}
