import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { providerStatusOf } from '../../../api/provider-status.ts';
import { messages } from '../../../messages.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { installedFirst, listedModels, noteOf, whyGone } from '../../../ui/model-options.ts';
import type { Target } from '../../../state/target.ts';
import type { SelectGroup, SelectOption } from '../../../ui/select.tsx';
import { inModuleOrder } from '../../../state/module-order.ts';

/** Stands for null in a picker, whose values are strings. */
export const unset = '';

const t = messages.bench;

/** "No module", then the modules of the registry. */
export function moduleGroups(registry: RegistryView): SelectGroup[] {
  const { modules } = registry.defaults;
  const names = inModuleOrder(Object.keys(modules));
  const options = names.map((name) => ({ value: name, label: modules[name]?.label ?? name, note: name }));
  return [{ options: [{ value: unset, label: t.noModule }] }, { options }];
}

function adapterGroup(registry: RegistryView): SelectGroup[] {
  if (registry.runtime.length === 0) return [];
  const options = registry.runtime.map(({ adapter_id: value, label, provider }) => ({
    value,
    label,
    note: provider,
  }));
  return [{ label: t.runtime, options }];
}

/** Where a message can go: by module, to a provider, or to a runtime adapter. */
export function providerGroups(registry: RegistryView, target: Target): SelectGroup[] {
  const byModule = { value: unset, label: target.module === null ? t.byDefaults : t.byModule };
  const statuses = [
    ['ready', t.ready],
    ['needs_key', t.needsKey],
    ['off', t.off],
  ] as const;
  const groups = statuses.map(([providerStatus, label]) => ({
    label,
    options: registry.providers
      .filter((provider) => providerStatusOf(provider) === providerStatus)
      .map(({ name, label: text, kind }) => ({
        value: name,
        label: text,
        note: kind === 'stub' ? t.stubNote : providersMessages.providers.kinds[kind],
      })),
  }));
  return [
    { options: [byModule] },
    ...groups.filter(({ options }) => options.length > 0),
    ...adapterGroup(registry),
  ];
}

type Shortlist = RegistryView['defaults']['modules'][string]['shortlist'];

/** A preset by rank and model. A replacement for a retired preset also names the rank that it replaces. */
function presetOption(preset: Shortlist[number], shortlist: Shortlist): SelectOption {
  const { id, rank, model, provider, lifecycle, replaces } = preset;
  const replaced = shortlist.find((other) => other.id === replaces);
  const note = replaced ? `${provider} · ${t.inPlaceOf(replaced.rank)}` : provider;
  return {
    value: id,
    label: `${rank}. ${model}`,
    note: noteOf(note, lifecycle),
    struck: whyGone(lifecycle) !== undefined,
  };
}

/** The presets of the module by rank, retired ones struck through. */
export function presetGroups(registry: RegistryView, target: Target): SelectGroup[] {
  const { defaults } = registry;
  const module = target.module === null ? undefined : defaults.modules[target.module];
  const serving = module ?? defaults;
  const active = {
    value: unset,
    label: serving.model,
    note: module ? t.activePreset : t.byDefaults,
  };
  const shortlist = (module?.shortlist ?? []).toSorted((a, b) => a.rank - b.rank);
  const options = shortlist.map((preset) => presetOption(preset, shortlist));
  return [{ options: [active] }, ...(options.length > 0 ? [{ label: t.shortlist, options }] : [])];
}

/**
 * The models of a provider, or those that a runtime adapter has or inherits. If `installed` is known for a
 * local server, installed models come first and the others are marked.
 */
export function modelOptions(
  registry: RegistryView,
  target: Target,
  installed: readonly string[] | null = null,
): SelectOption[] {
  return installedFirst(knownModels(registry, target), installed);
}

function knownModels(registry: RegistryView, target: Target): SelectOption[] {
  if (target.provider === null) return [];
  const adapter = registry.runtime.find(({ adapter_id: id }) => id === target.provider);
  const own: unknown[] = Array.isArray(adapter?.metadata.models) ? adapter.metadata.models : [];
  if (own.length === 0) return listedModels(registry, adapter?.provider ?? target.provider);
  return own.flatMap((model) => {
    const id = typeof model === 'string' ? model : (model as { id?: unknown } | null)?.id;
    return typeof id === 'string' ? [{ value: id, label: id }] : [];
  });
}

/** The provider that would answer, according to the registry alone. */
export function servingProvider(registry: RegistryView, target: Target): string {
  if (target.provider !== null) return target.provider;
  const module = target.module === null ? undefined : registry.defaults.modules[target.module];
  const preset = module?.shortlist.find(({ id }) => id === target.preset);
  return (preset ?? module ?? registry.defaults).provider;
}

/** A saved target; if its provider no longer exists (a runtime adapter lasts one session), the stub. */
export function existingTarget(registry: RegistryView, target: Target): Target {
  const names = [
    ...registry.providers.map(({ name }) => name),
    ...registry.runtime.map((adapter) => adapter.adapter_id),
  ];
  const module = target.module !== null && target.module in registry.defaults.modules ? target.module : null;
  const exists = target.provider === null || names.includes(target.provider);
  return exists ? { ...target, module } : { ...target, module, provider: 'stub', model: null };
}
