import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { ModelView, ProviderView } from '../../../../contract/provider.ts';

/** A preset that uses a model. */
export interface PresetUse {
  module: string;
  preset: string;
  /** The preset serves its module now. */
  active: boolean;
}

export interface ModelRow {
  /** Unique over all providers. */
  key: string;
  provider: ProviderView;
  model: ModelView;
  usedBy: readonly PresetUse[];
}

const keyOf = (provider: string, model: string) => `${provider}/${model}`;

/** The presets that use each model, by the key of its row. A preset may name a model by its id on the wire. */
function usesIn({ defaults }: RegistryView): Map<string, PresetUse[]> {
  const uses = new Map<string, PresetUse[]>();
  for (const [module, { shortlist, active_preset: active }] of Object.entries(defaults.modules))
    for (const { id, provider, model } of shortlist) {
      const key = keyOf(provider, model);
      uses.set(key, [...(uses.get(key) ?? []), { module, preset: id, active: id === active }]);
    }
  return uses;
}

/** One row for each model of these providers. */
export function modelRows(registry: RegistryView, providers: readonly ProviderView[]): ModelRow[] {
  const uses = usesIn(registry);
  return providers.flatMap((provider) =>
    provider.models.map((model) => {
      const key = keyOf(provider.name, model.id);
      const byWire =
        model.wire_id !== null && model.wire_id !== model.id
          ? (uses.get(keyOf(provider.name, model.wire_id)) ?? [])
          : [];
      return { key, provider, model, usedBy: [...(uses.get(key) ?? []), ...byWire] };
    }),
  );
}

/** The text that a filter searches. */
export function textOfRow({ provider, model, usedBy }: ModelRow): string {
  return [
    model.id,
    model.label,
    model.wire_id,
    provider.label,
    provider.name,
    provider.kind,
    ...model.tags,
    model.lifecycle.status,
    ...usedBy.map(({ module }) => module),
  ].join(' ');
}
