import type { ChatRequest, Resolution } from '../../../../contract/chat.ts';
import type { JsonSchema, PresetEntry } from '../../../../contract/module-preset.ts';
import type { Warning } from '../../../../contract/warnings.ts';
import { AppError } from '../../lib/app-error.ts';
import { suggest } from '../../lib/suggest.ts';
import { warning } from '../../lib/warning.ts';
import { activePreset, findModel, type IsUsable } from '../../registry/active-preset.ts';
import type { Registry } from '../../registry/build-registry.ts';
import { dayOf } from '../../registry/lifecycle.ts';
import type { Model, Module, Provider } from '../../registry/model/model.ts';
import { moduleByName } from '../../registry/module-name.ts';
import type { RuntimeAdapters } from '../../registry/runtime/runtime-adapters.ts';

export interface Catalog {
  registry: Registry;
  runtime: RuntimeAdapters;
  now: number;
  /** Whether a call to a provider could succeed. */
  usable?: IsUsable;
}

/** The provider and model that answer a chat, and the settings that came with the choice. */
export interface Resolved {
  provider: Provider;
  model: Model;
  module: Module | null;
  preset: PresetEntry | null;
  /** Options of the preset, or of ComfyVN's default for the module. */
  presetOptions: Record<string, unknown>;
  schema: JsonSchema | undefined;
  via: Resolution['via'];
  warnings: Warning[];
}

export type Choice = Pick<ChatRequest, 'provider' | 'model' | 'module' | 'preset'>;
type Picked = {
  provider: Provider;
  model: Model;
  via: Resolution['via'];
  warnings: Warning[];
  preset?: PresetEntry | undefined;
  options?: Record<string, unknown>;
};

/** A provider by its name, an alias or a runtime adapter's id. */
export function findProvider(catalog: Catalog, name: string): Provider | undefined {
  const { providers } = catalog.registry;
  const named = providers.get(name) ?? catalog.runtime.get(name);
  return named ?? [...providers.values()].find((p) => p.aliases.includes(name));
}

/** @throws AppError `unknown_provider` with a suggestion or the list of providers */
export function providerByName(catalog: Catalog, name: string): Provider {
  const provider = findProvider(catalog, name);
  if (provider) return provider;
  const known = [...catalog.registry.providers.keys(), ...catalog.runtime.ids()];
  const near = suggest(name, known);
  throw new AppError(
    'unknown_provider',
    `no provider is called "${name}"${near ? `; did you mean "${near}"?` : ''}`,
    { provider: name, known },
  );
}

/** A model that no registry lists, with the id that the caller wrote. */
function unlisted(id: string): Model {
  return {
    id,
    wireId: id,
    label: id,
    description: '',
    tags: ['chat'],
    options: {},
    context: null,
    maxOutput: null,
    structuredOutput: undefined,
    rules: [],
    listedPrice: null,
  };
}

function modelOf(provider: Provider, id: string, via: Resolution['via']): Picked {
  const model = findModel(provider.models, id);
  if (model) return { provider, model, via, warnings: [] };
  const text = `the registry does not list "${id}" for ${provider.name}; it is sent as it is`;
  const warnings = [warning('unlisted_model', { model: id, provider: provider.name }, text)];
  return { provider, model: unlisted(id), via, warnings };
}

/** @throws AppError `unknown_model` if the provider lists none */
function firstModel(provider: Provider, via: Resolution['via']): Picked {
  const model = provider.models[0];
  if (model) return { provider, model, via, warnings: [] };
  throw new AppError('unknown_model', `${provider.name} lists no model; name one`, {
    provider: provider.name,
  });
}

function byModule(
  catalog: Catalog,
  module: Module,
  presetId: string | undefined,
  via: Resolution['via'],
): Picked {
  const named = presetId === undefined ? undefined : module.shortlist.find((p) => p.id === presetId);
  if (presetId !== undefined && !named)
    throw new AppError('not_found', `${module.name} has no preset "${presetId}"`, {
      presets: module.shortlist.map((p) => p.id),
    });
  if (!named && module.override) {
    const { provider, model, options } = module.override;
    return { ...modelOf(providerByName(catalog, provider), model, via), options };
  }
  const active = named
    ? { preset: named, moved: null, gone: false }
    : activePreset(catalog.registry, module, dayOf(catalog.now), catalog.usable);
  if (!active) return byDefaults(catalog);
  const picked = modelOf(providerByName(catalog, active.preset.provider), active.preset.model, via);
  const warnings = [...picked.warnings, ...(active.moved ? [active.moved] : [])];
  return { ...picked, warnings, preset: active.preset, options: active.preset.options };
}

function byDefaults(catalog: Catalog): Picked {
  const { provider, model } = catalog.registry.defaults;
  const found = providerByName(catalog, provider);
  return model ? modelOf(found, model, 'defaults') : firstModel(found, 'defaults');
}

/** Runtime adapters count only with their own models: inherited lists would make every id ambiguous. */
function listing(catalog: Catalog, id: string): Provider[] {
  const all = [...catalog.registry.providers.values(), ...catalog.runtime.withOwnModels()];
  return all.filter((provider) => findModel(provider.models, id));
}

function byModelId(catalog: Catalog, id: string): Picked {
  const slash = id.indexOf('/');
  const prefixed = slash > 0 ? findProvider(catalog, id.slice(0, slash)) : undefined;
  if (prefixed) return modelOf(prefixed, id.slice(slash + 1), 'provider/model');
  const named = findProvider(catalog, id);
  if (named) return firstModel(named, named.kind === 'stub' ? 'stub' : 'provider-as-model');
  const all = listing(catalog, id);
  const usable = all.filter((provider) => catalog.usable?.(provider) ?? true);
  // If only one of several providers is enabled and has its key, that one is meant.
  const lists = usable.length === 1 ? usable : all;
  if (lists.length > 1) {
    const providers = [...usable, ...all.filter((p) => !usable.includes(p))].map((p) => p.name);
    throw new AppError(
      'ambiguous_model',
      `several providers list "${id}": ${providers.join(', ')}; name one, as in "${providers[0]}/${id}"`,
      { model: id, providers },
    );
  }
  const [only] = lists;
  if (only) return modelOf(only, id, 'listed-model');
  const near = suggest(
    id,
    [...catalog.registry.providers.values()].flatMap((p) => p.models.map((m) => m.id)),
  );
  throw new AppError(
    'unknown_model',
    `no provider lists a model "${id}"${near ? `; did you mean "${near}"?` : ''}`,
    { model: id },
  );
}

function pick(catalog: Catalog, choice: Choice, module: Module | null): Picked {
  const model = choice.model === 'default' || !choice.model ? undefined : choice.model;
  if (choice.provider !== undefined) {
    const provider = providerByName(catalog, choice.provider);
    const via = provider.kind === 'stub' ? 'stub' : 'provider';
    return model === undefined ? firstModel(provider, via) : modelOf(provider, model, via);
  }
  if (model?.startsWith('module:'))
    return byModule(catalog, moduleByName(catalog.registry, model.slice(7)), choice.preset, 'module:name');
  if (model !== undefined) return byModelId(catalog, model);
  return module ? byModule(catalog, module, choice.preset, 'module') : byDefaults(catalog);
}

/**
 * Decides who answers, in this order: an explicit provider, the forms of `model`, the module,
 * the defaults.
 * @throws AppError `unknown_provider`, `unknown_model`, `unknown_module`, `ambiguous_model`, each with the
 * requested name
 */
export function resolve(catalog: Catalog, choice: Choice): Resolved {
  const inModel =
    choice.model?.startsWith('module:') && choice.provider === undefined ? choice.model.slice(7) : undefined;
  const name = inModel ?? choice.module;
  const module = name === undefined ? null : moduleByName(catalog.registry, name);
  const picked = pick(catalog, choice, module);
  // A preset's settings belong to its model, so they do not apply if the caller names another one.
  const preset = picked.preset ?? null;
  const schema = preset?.schema === null ? undefined : (preset?.schema ?? module?.schema);
  const { provider, model, via, warnings } = picked;
  return { provider, model, module, preset, presetOptions: picked.options ?? {}, schema, via, warnings };
}
