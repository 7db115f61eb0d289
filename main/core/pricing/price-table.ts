import type { Usage } from '../../../contract/chat.ts';
import type { PriceUsed } from '../../../contract/plan.ts';
import type { Pricing } from '../../../contract/provider.ts';
import type { Registry } from '../registry/build-registry.ts';
import { dayOf } from '../registry/lifecycle.ts';
import type { Model, Provider } from '../registry/model.ts';
import { feeOf, recordedPrice } from '../registry/recorded-price.ts';

type GenaiPrices = typeof import('@pydantic/genai-prices');
type PriceTree = NonNullable<ReturnType<GenaiPrices['calcPrice']>>['model_price'][string];

// A 100 kB table that a stub call does not need.
let genai: GenaiPrices | undefined;

/** A price holds for an hour: the table knows prices by the time of day, and a look into it takes a tenth of a millisecond. */
const hourMs = 3_600_000;
interface Found {
  hour: number;
  provider: Provider;
  record: ReturnType<Registry['lifecycle']['record']>;
  price: Price | null;
}
const found = new WeakMap<Model, Found>();

const sourceName = '@pydantic/genai-prices 0.1.8';
/** The table's own date: when that version was published. */
const asOf = '2026-09-23';
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

type TablePrice = NonNullable<ReturnType<GenaiPrices['calcPrice']>>['model_price'];

/** USD by a plain price for each kind of token; null where it depends on how many there are. */
function linear(price: TablePrice): ((usage: Usage) => number) | null {
  const { input_mtok: input, output_mtok: output, cache_read_mtok: read } = price;
  const cached = read ?? input;
  if (typeof input !== 'number' || typeof output !== 'number' || typeof cached !== 'number') return null;
  if (price['requests_kcount'] !== undefined) return null;
  return (usage) => {
    const told = Math.min(usage.cached_tokens ?? 0, usage.prompt_tokens);
    return (
      ((usage.prompt_tokens - told) * input + told * cached + usage.completion_tokens * output) / 1_000_000
    );
  };
}

function foundPrice(
  { calcPrice }: GenaiPrices,
  provider: Provider,
  model: Model,
  record: Found['record'],
  now: number,
): Price | null {
  const providerId = genaiProvider[provider.factsFrom];
  const where = providerId ? { providerId } : { providerApiUrl: provider.base };
  const options = { ...where, timestamp: new Date(now) };
  const reference = record?.pricing?.matched ?? model.wireId;
  const match = calcPrice({ input_tokens: 0, output_tokens: 0 }, reference, options);
  const input = baseOf(match?.model_price['input_mtok']);
  const output = baseOf(match?.model_price['output_mtok']);
  if (!match || input === undefined || output === undefined) return null;
  const fee = 1 + feeOf(provider);
  const shown: PriceUsed = {
    input: input * fee,
    output: output * fee,
    per: 1_000_000,
    currency: 'USD',
    matched: match.model.id,
    source: sourceName,
    as_of: asOf,
  };
  const plain = linear(match.model_price);
  const usd = plain ?? ((usage: Usage) => calcPrice(genaiUsage(usage), reference, options)?.total_price ?? 0);
  return { shown, of: (usage) => usd(usage) * fee };
}

/** A recorded price as a call shows it: its tiers, fees and changes are the registry's to show. */
function shownPrice(recorded: Pricing | null): PriceUsed | null {
  if (!recorded) return null;
  const { record: _record, ...shown } = recorded;
  return shown;
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
  const known = knownPrice(registry, provider, model, now);
  if (known !== undefined) return known;
  genai ??= await import('@pydantic/genai-prices');
  return knownPrice(registry, provider, model, now) ?? null;
}

/** As `priceOf`, at once; undefined while the table is not loaded. */
export function knownPrice(
  registry: Registry,
  provider: Provider,
  model: Model,
  now: number,
): Price | null | undefined {
  const hour = Math.floor(now / hourMs);
  const record = registry.lifecycle.record(provider, model);
  const known = found.get(model);
  if (known?.hour === hour && known.provider === provider && known.record === record) return known.price;
  const recorded = shownPrice(recordedPrice(registry, provider, model, dayOf(now)));
  if (model.listedPrice && recorded) return flat({ ...recorded, as_of: recorded.as_of || asOf });
  if (provider.kind !== 'cloud') return null;
  if (!genai) return undefined;
  const price = foundPrice(genai, provider, model, record, now) ?? (recorded ? flat(recorded) : null);
  found.set(model, { hour, provider, record, price });
  return price;
}
