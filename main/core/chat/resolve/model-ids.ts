import type { CallableModel, OpenAiModel } from '../../../../contract/operations/openai.ts';
import { adapterFor } from '../../../adapters/index.ts';
import { AppError } from '../../lib/app-error.ts';
import { dayOf, isGone } from '../../registry/lifecycle.ts';
import type { Model, Provider } from '../../registry/model/model.ts';
import { resolve, type Catalog } from './resolve.ts';

const nothingKnown = { description: '', context: null, maxOutput: null, capabilities: [] };

/** A model's capabilities beside text, from the registry. Every chat adapter supports tools. */
function capabilitiesOf({ adapter }: Provider, { tags }: Model): string[] {
  const tools = adapterFor(adapter).capabilities.tools ? ['tools'] : [];
  return tags.includes('vision') ? [...tools, 'vision'] : tools;
}

function modelsOf({ registry, now }: Catalog, provider: Provider): CallableModel[] {
  const today = dayOf(now);
  const living = provider.models.filter(
    (model) => !isGone(registry.lifecycle.view(provider, model, today).status),
  );
  return living.map((model) => described(`${provider.name}/${model.id}`, provider, model));
}

function described(id: string, provider: Provider, model: Model): CallableModel {
  const { label, description, context, maxOutput } = model;
  const capabilities = capabilitiesOf(provider, model);
  return { id, label, description, provider: provider.name, context, maxOutput, capabilities };
}

/** A provider's or an adapter's name means its first model. */
function firstOf(id: string, provider: Provider): CallableModel {
  const [first] = provider.models;
  return first ? described(id, provider, first) : { id, label: id, provider: provider.name, ...nothingKnown };
}

/**
 * The ids that a call can name: each module, the stub, the runtime adapters, and each provider's models that
 * are not retired. Disabled providers are included: the error of a call explains how to enable them.
 */
export function callableModels(catalog: Catalog): CallableModel[] {
  const { registry, runtime } = catalog;
  const modules = [...registry.modules.values()].map(({ name, label }) => ({
    id: `module:${name}`,
    label,
    provider: 'module',
    ...nothingKnown,
  }));
  const stubs = [...registry.providers.values()].filter((provider) => provider.kind === 'stub');
  const adapters = runtime.ids().flatMap((id) => {
    const provider = runtime.get(id);
    return provider ? [firstOf(id, provider), ...modelsOf(catalog, provider)] : [];
  });
  const providers = [...registry.providers.values()].flatMap((provider) => modelsOf(catalog, provider));
  return [...modules, ...stubs.map((stub) => firstOf(stub.name, stub)), ...adapters, ...providers];
}

/**
 * Looks up one id of the list, or another form by which a call may name it.
 * @throws AppError the errors of resolving a call's model; `unknown_model` for one that its provider does not
 * list
 */
export function callableModel(catalog: Catalog, id: string): CallableModel {
  const listed = callableModels(catalog).find((model) => model.id === id);
  if (listed) return listed;
  const { provider, model } = resolve(catalog, { model: id });
  if (provider.models.includes(model)) return described(id, provider, model);
  throw new AppError('unknown_model', `${provider.name} lists no model "${model.id}"`, {
    provider: provider.name,
    model: model.id,
  });
}

const asOpenAi = ({ id, provider }: CallableModel): OpenAiModel => ({
  id,
  object: 'model',
  created: 0,
  owned_by: provider,
});

/** As `callableModels`, in OpenAI's format. */
export const listModels = (catalog: Catalog): OpenAiModel[] => callableModels(catalog).map(asOpenAi);

/** As `callableModel`, in OpenAI's format. */
export const modelById = (catalog: Catalog, id: string): OpenAiModel => asOpenAi(callableModel(catalog, id));
