import type { ModelView, ModuleView, Pricing, ProviderView } from '../../../contract/provider.ts';
import type { RegistryView } from '../../../contract/operations/registry.ts';
import type { FeatureFlags } from '../features/feature-flags.ts';
import type { Redactor } from '../redact.ts';
import type { KeyFinder } from '../secrets/key-finder.ts';
import { activePreset, findModel } from './active-preset.ts';
import type { Registry } from './build-registry.ts';
import { dayOf } from './lifecycle.ts';
import { moduleNotices } from './module-notices.ts';
import type { Model, Module, Provider } from './model.ts';
import { recordedPrice } from './recorded-price.ts';
import { usableBy } from './usable-provider.ts';

export interface ViewParts {
  registry: Registry;
  flags: FeatureFlags;
  keys: KeyFinder;
  redactor: Redactor;
  now: number;
}

function modelView(parts: ViewParts, provider: Provider, model: Model): ModelView {
  const today = dayOf(parts.now);
  const lifecycle = parts.registry.lifecycle.view(provider, model, today);
  const { id, label, description, tags, options, context } = model;
  const wire_id = lifecycle.status === 'never_released' ? null : model.wireId;
  const pricing: Pricing | null = recordedPrice(parts.registry, provider, model, today);
  return { id, wire_id, label, description, tags, options, context, pricing, lifecycle };
}

/** A cloud connector needs a flag; anything else is on unless its file says otherwise. */
export function isEnabled(provider: Provider, flags: FeatureFlags): boolean {
  return !provider.switchedOff && flags.anyOn(provider.flags);
}

/** A provider as it is shown: no key, no header's value. */
export function providerView(parts: ViewParts, provider: Provider): ProviderView {
  const { name, adapter, label, base, kind, flags, tags, settings, metadata } = provider;
  return {
    name,
    adapter,
    label,
    base,
    base_url: base,
    timeout: provider.timeoutMs / 1000,
    kind,
    enabled: isEnabled(provider, parts.flags),
    flags,
    credentials: parts.keys.state(provider),
    tags,
    models: provider.models.map((model) => modelView(parts, provider, model)),
    settings,
    metadata,
    origin: provider.origin === 'runtime' ? 'user' : provider.origin,
  };
}

/** A module with its presets as they serve today. */
export function moduleView(
  parts: Pick<ViewParts, 'registry' | 'now'> & Partial<Pick<ViewParts, 'flags' | 'keys'>>,
  module: Module,
): ModuleView {
  const { registry, now, flags, keys } = parts;
  const usable = flags && keys && usableBy(flags, keys);
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
    moved: active?.moved ?? null,
    notices: moduleNotices(registry, module, today, usable),
    shortlist,
  };
}

/** `GET /api/llm/registry`, without the runtime adapters. */
export function registryView(parts: ViewParts): Omit<RegistryView, 'runtime'> {
  const { registry, flags } = parts;
  const modules = [...registry.modules.values()].map((m) => [m.name, moduleView(parts, m)] as const);
  const today = dayOf(parts.now);
  // A default that gives way in good time is told beside its module; one whose model is gone is a warning.
  const moved = [...registry.modules.values()].flatMap((module) => {
    const usable = usableBy(flags, parts.keys);
    const active = module.override ? null : activePreset(registry, module, today, usable);
    return active?.gone && active.moved ? [active.moved] : [];
  });
  const warnings = [...registry.warnings, ...(flags.warning ? [flags.warning] : []), ...moved];
  const view = {
    providers: [...registry.providers.values()].map((p) => providerView(parts, p)),
    defaults: { ...registry.defaults, modules: Object.fromEntries(modules) },
    features: flags.all(),
    warnings,
  };
  // Settings and metadata are the user's own text: a key pasted there is still a key.
  return parts.redactor.cutDeep(view);
}
