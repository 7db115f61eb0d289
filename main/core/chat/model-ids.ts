import type { OpenAiModel } from '../../../contract/operations/openai.ts';
import { AppError } from '../lib/app-error.ts';
import { dayOf, isGone } from '../registry/lifecycle.ts';
import type { Provider } from '../registry/model/model.ts';
import { resolve, type Catalog } from './resolve.ts';

const entry = (id: string, owned_by: string): OpenAiModel => ({ id, object: 'model', created: 0, owned_by });

function modelsOf({ registry, now }: Catalog, provider: Provider): OpenAiModel[] {
  const today = dayOf(now);
  const living = provider.models.filter(
    (model) => !isGone(registry.lifecycle.view(provider, model, today).status),
  );
  return living.map((model) => entry(`${provider.name}/${model.id}`, provider.name));
}

/**
 * The ids a call can name: each module, the stub, the runtime adapters, each provider's models that are not gone.
 * A connector that is off is listed as well: the refusal says how it is switched on.
 */
export function listModels(catalog: Catalog): OpenAiModel[] {
  const { registry, runtime } = catalog;
  const modules = [...registry.modules.keys()].map((name) => entry(`module:${name}`, 'module'));
  const stubs = [...registry.providers.values()].filter((provider) => provider.kind === 'stub');
  const adapters = runtime.ids().flatMap((id) => {
    const provider = runtime.get(id);
    return provider ? [entry(id, id), ...modelsOf(catalog, provider)] : [];
  });
  const providers = [...registry.providers.values()].flatMap((provider) => modelsOf(catalog, provider));
  return [...modules, ...stubs.map(({ name }) => entry(name, name)), ...adapters, ...providers];
}

/**
 * One id of the list, or another form that a call may name it by.
 * @throws AppError what resolving the model of a call throws; `unknown_model` for one that its provider does not list
 */
export function modelById(catalog: Catalog, id: string): OpenAiModel {
  const listed = listModels(catalog).find((model) => model.id === id);
  if (listed) return listed;
  const { provider, model } = resolve(catalog, { model: id });
  if (provider.models.includes(model)) return entry(id, provider.name);
  throw new AppError('unknown_model', `${provider.name} lists no model "${model.id}"`, {
    provider: provider.name,
    model: model.id,
  });
}
