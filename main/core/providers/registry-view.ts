import type { ModelView, Pricing, ProviderView } from '../../../contract/provider.ts';
import type { RegistryView } from '../../../contract/operations/registry.ts';
import { isEnabled, type FeatureFlags } from '../registry/features/feature-flags.ts';
import { notice, noticeFieldsOf, type Notice } from '../lib/notice.ts';
import type { Redactor } from '../lib/redact.ts';
import type { KeyFinder } from '../secrets/key-finder.ts';
import { activePreset } from '../registry/active-preset.ts';
import { moduleView } from '../registry/modules/module-view.ts';
import type { Registry } from '../registry/build-registry.ts';
import { checkOf } from '../registry/overlay/model-checks.ts';
import { dayOf } from '../registry/lifecycle.ts';
import type { Model, Provider } from '../registry/model/model.ts';
import { recordedPrice } from '../registry/prices/recorded-price.ts';
import { usableBy } from '../secrets/usable-provider.ts';

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
  const { registry } = parts;
  const list = checkOf(registry.checks, provider, id);
  const record = registry.lifecycle.record(provider, model);
  const { as_of, source } = list ?? record ?? {};
  const checked = as_of && source ? { as_of, source } : null;
  return { id, wire_id, label, description, tags, options, context, pricing, lifecycle, checked };
}

/** A provider for display, without its key and header values. */
export function providerView(parts: ViewParts, provider: Provider): ProviderView {
  const { name, adapter, label, base, kind, flags, tags, settings, metadata } = provider;
  return {
    name,
    adapter,
    label,
    base,
    base_url: base,
    base_url_from: provider.setBy?.base ?? null,
    timeout: provider.timeoutMs / 1000,
    timeout_from: provider.setBy?.timeout ?? null,
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

/** `GET /api/llm/registry`, without the runtime adapters. */
export function registryView(parts: ViewParts): Omit<RegistryView, 'runtime'> {
  const { registry, flags } = parts;
  const usable = usableBy(flags, parts.keys);
  const modules = [...registry.modules.values()].map(
    (m) => [m.name, moduleView({ registry, now: parts.now, usable }, m)] as const,
  );
  const today = dayOf(parts.now);
  // A default that is replaced in advance is mentioned at its module; one whose model is retired gives a
  // warning.
  const moved: Notice[] = [...registry.modules.values()].flatMap((module) => {
    const active = module.override ? null : activePreset(registry, module, today, usable);
    if (!active?.gone || !active.moved) return [];
    const { values, message } = active.moved;
    return [notice('preset_replaced', values, message)];
  });
  const { warning } = flags;
  const flagsKept =
    warning?.code === 'flags_kept'
      ? [notice('flags_kept', warning.values, warning.message, warning.problem_details)]
      : [];
  const warnings = noticeFieldsOf([...registry.warnings, ...flagsKept, ...moved]);
  const view = {
    providers: [...registry.providers.values()].map((p) => providerView(parts, p)),
    defaults: { ...registry.defaults, modules: Object.fromEntries(modules) },
    features: flags.all(),
    networks: registry.askedNetworks.map(({ origin, providers }) => ({ origin, providers })),
    ...warnings,
  };
  // Settings and metadata are the user's own text, in which a key may have been pasted.
  return parts.redactor.redactDeep(view);
}
