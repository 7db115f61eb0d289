import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { messages } from '../../../messages.ts';
import type { ViewId } from '../../../state/view-in-fragment.ts';
import { viewIds } from '../../../state/view-in-fragment.ts';
import { goTo, returnTo } from '../../../state/view.ts';
import type { Target } from '../../../state/target.ts';
import { setTarget } from '../../../state/target.ts';
import type { PaletteEntry } from './palette-entry.ts';

const t = messages.palette;
const isRetired = (status: string) => status === 'retired' || status === 'never_released';

function viewEntry(id: ViewId): PaletteEntry {
  const label = messages.frame.shortcutNames[id];
  // The id is the English name, which can be typed without an input method.
  return { id: `view ${id}`, label, group: t.views, keywords: id, shortcut: id, run: () => returnTo(id) };
}

function open(group: string, id: string, label: string, note: string, ...address: Parameters<typeof goTo>) {
  return { id: `open ${id}`, label, note, group, run: () => goTo(...address) } satisfies PaletteEntry;
}

/** Every view, provider, module and preset, to be opened. Presets of retired models come last. */
export function viewEntries(registry: RegistryView | undefined): PaletteEntry[] {
  const providers = (registry?.providers ?? []).map(({ name, label }) =>
    open(t.providers, name, label, name, 'providers', name),
  );
  const named = Object.entries(registry?.defaults.modules ?? {}).map(([module, { label, shortlist }]) => ({
    module,
    label: label ?? module,
    shortlist,
  }));
  const modules = named.map(({ module, label }) => open(t.modules, module, label, module, 'modules', module));
  const presets = named.flatMap(({ module, label, shortlist }) =>
    shortlist.map(({ id, model, lifecycle }) => ({
      ...open(t.presets, `${module} ${id}`, `${label}: ${model}`, id, 'modules', module, id),
      struck: isRetired(lifecycle.status),
    })),
  );
  const livingFirst = presets.toSorted((a, b) => Number(a.struck) - Number(b.struck));
  return [...viewIds.map(viewEntry), ...providers, ...modules, ...livingFirst];
}

function setTargetTo(target: Partial<Target>): () => void {
  return () => {
    setTarget({ provider: null, model: null, preset: null, ...target });
    goTo('bench');
  };
}

/** The possible targets of the next message: the module's presets, then every model of every provider. */
export function targetEntries(registry: RegistryView | undefined, module: string | null): PaletteEntry[] {
  if (!registry) return [];
  const own = module === null ? undefined : registry.defaults.modules[module];
  const presets = (own?.shortlist ?? []).map((preset) => ({
    id: `preset ${preset.id}`,
    label: `${preset.rank}. ${preset.model}`,
    note: preset.provider,
    group: t.presetsOf(own?.label ?? ''),
    keywords: preset.id,
    struck: isRetired(preset.lifecycle.status),
    run: setTargetTo({ preset: preset.id }),
  }));
  const models = registry.providers.flatMap(({ name, label, models: listed }) =>
    listed.map((model) => ({
      id: `model ${name}/${model.id}`,
      label: model.id,
      note: label,
      group: t.models,
      keywords: `${name} ${model.label}`,
      struck: isRetired(model.lifecycle.status),
      run: setTargetTo({ provider: name, model: model.id }),
    })),
  );
  return [...presets, ...models];
}
