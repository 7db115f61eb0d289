import type { PriceUsed, Usage } from '../../../contract/chat.ts';
import type { Registry } from '../registry/build-registry.ts';
import type { Model, Provider } from '../registry/model.ts';
import { feeOf, recordedPrice } from '../registry/recorded-price.ts';

type GenaiPrices = typeof import('@pydantic/genai-prices');
type PriceTree = NonNullable<ReturnType<GenaiPrices['calcPrice']>>['model_price'][string];

// A 100 kB table that a stub call does not need.
let loading: Promise<GenaiPrices> | undefined;
const load = () => (loading ??= import('@pydantic/genai-prices'));

const sourceName = '@pydantic/genai-prices 0.1.8';
const asOf = '2026-11-22';
const genaiProvider: Record<string, string> = {
  openai_public: 'openai',
  anthropic_public: 'anthropic',
  google_gemini: 'google',
  azure_openai: 'azure',
  openrouter: 'openrouter',
};

/** What tokens of one model cost; `of` takes cached tokens and length tiers into account. */
export interface Price {
  shown: PriceUsed;
  of(usage: Usage): number;
}

function flat(shown: PriceUsed): Price {
  const usd = (u: Usage) => (u.prompt_tokens * shown.input + u.completion_tokens * shown.output) / shown.per;
  return { shown, of: usd };
}

const baseOf = (price: PriceTree): number | undefined => (typeof price === 'number' ? price : price?.base);

function genaiUsage(usage: Usage) {
  return {
    input_tokens: usage.prompt_tokens,
    output_tokens: usage.completion_tokens,
    // The table throws on more cached than sent, which some servers tell.
    ...(usage.cached_tokens ? { cache_read_tokens: Math.min(usage.cached_tokens, usage.prompt_tokens) } : {}),
  };
}

/**
 * The price of a model at a moment: the registry file's own, else the price table's (its match is fuzzy, so the
 * matched id is shown), else what was recorded. null where none of them knows it.
 */
export async function priceOf(
  registry: Registry,
  provider: Provider,
  model: Model,
  now: number,
): Promise<Price | null> {
  const recorded = recordedPrice(registry, provider, model);
  if (model.listedPrice && recorded) return flat({ ...recorded, as_of: recorded.as_of || asOf });
  if (provider.kind !== 'cloud') return null;
  const record = registry.lifecycle.record(provider, model);
  const { calcPrice } = await load();
  const providerId = genaiProvider[provider.factsFrom];
  const where = providerId ? { providerId } : { providerApiUrl: provider.base };
  const options = { ...where, timestamp: new Date(now) };
  const reference = record?.price?.matched ?? model.wireId;
  const found = calcPrice({ input_tokens: 0, output_tokens: 0 }, reference, options);
  const input = baseOf(found?.model_price['input_mtok']);
  const output = baseOf(found?.model_price['output_mtok']);
  if (!found || input === undefined || output === undefined) return recorded ? flat(recorded) : null;
  const fee = 1 + feeOf(provider);
  const shown: PriceUsed = {
    input: input * fee,
    output: output * fee,
    per: 1_000_000,
    currency: 'USD',
    matched: found.model.id,
    source: sourceName,
    as_of: asOf,
  };
  return { shown, of: (usage) => (calcPrice(genaiUsage(usage), reference, options)?.total_price ?? 0) * fee };
}
