import type { Model, Provider } from './model/model.ts';
import { matchedModel } from './model-facts.ts';

/**
 * The settings of an Azure request. Without a dated `api_version` it uses the `/openai/v1` form. A version in
 * the call's own query or for the deployment (`settings.api_versions`, by model or deployment) comes first.
 * The provider's version applies only to models that it supports: reasoning models answer 400 to versions of
 * 2024. Sources: https://learn.microsoft.com/azure/foundry/openai/api-version-lifecycle,
 * https://learn.microsoft.com/azure/foundry/openai/how-to/reasoning
 */
export function azureSettings(
  provider: Provider,
  model: Model,
  query: Record<string, string>,
): Record<string, unknown> {
  const { api_version: general, api_versions: own, ...others } = provider.settings;
  const byModel = (own ?? {}) as Record<string, unknown>;
  const { ids, family } = matchedModel(provider, model);
  const named = query['api-version'] ?? ids.map((id) => byModel[id]).find((one) => typeof one === 'string');
  if (named !== undefined) return { ...others, api_version: named };
  const reasons = family?.family === 'o' || (family?.family === 'gpt' && family.major >= 5);
  const tooOld = reasons && typeof general === 'string' && /^20(?:2[0-4])-/.test(general);
  return general === undefined || tooOld ? others : { ...others, api_version: general };
}
