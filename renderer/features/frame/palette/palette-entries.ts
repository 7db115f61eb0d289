import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { messages } from '../../../messages.ts';
import type { ViewId } from '../../../state/view-in-fragment.ts';
import { viewIds } from '../../../state/view-in-fragment.ts';
import { goTo, returnTo } from '../../../state/view.ts';
import type { Target } from '../../../state/target.ts';
import { setTarget } from '../../../state/target.ts';
import type { PaletteEntry } from './palette-entry.ts';

const t = messages.palette;

function viewEntry(id: ViewId): PaletteEntry {
  const label = messages.frame.shortcutNames[id];
  return { id: `view ${id}`, label, group: t.views, shortcut: id, run: () => returnTo(id) };
}

function open(group: string, id: string, label: string, note: string, ...address: Parameters<typeof goTo>) {
  return { id: `open ${id}`, label, note, group, run: () => goTo(...address) } satisfies PaletteEntry;
}

/** Every view, provider, module and preset, to be opened. */
export function viewEntries(registry: RegistryView | undefined): PaletteEntry[] {
  const providers = (registry?.providers ?? []).map(({ name, label }) =>
    open(t.providers, name, label, name, 'providers', name),
  );
  const modules = Object.entries(registry?.defaults.modules ?? {}).flatMap(
    ([module, { label, shortlist }]) => [
      open(t.modules, module, label ?? module, module, 'modules', module),
      ...shortlist.map(({ id, model }) =>
        open(t.presets, `${module} ${id}`, `${label ?? module}: ${model}`, id, 'modules', module, id),
      ),
    ],
  );
  return [...viewIds.map(viewEntry), ...providers, ...modules];
}

function setTargetTo(target: Partial<Target>): () => void {
  return () => {
    setTarget({ provider: null, model: null, preset: null, ...target });
    goTo('bench');
  };
}

const isRetired = (status: string) => status === 'retired' || status === 'never_released';

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
