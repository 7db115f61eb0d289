import type { Usage } from '../../../../contract/chat.ts';
import type { PriceUsed } from '../../../../contract/plan.ts';
import type { Pricing } from '../../../../contract/provider.ts';
import type { Registry } from '../build-registry.ts';
import { dayOf } from '../lifecycle.ts';
import type { Model, Provider } from '../model/model.ts';
import { isComplete, priceOfRecord } from './price-of-record.ts';
import { feeOf, recordedPrice } from './recorded-price.ts';

type GenaiPrices = typeof import('@pydantic/genai-prices');
type PriceTree = NonNullable<ReturnType<GenaiPrices['calcPrice']>>['model_price'][string];

// A 100 kB table that a stub call does not need.
let genai: GenaiPrices | undefined;

/**
 * A price is cached for an hour: the table has prices by time of day, and a lookup takes a tenth of a
 * millisecond.
 */
const hourMs = 3_600_000;
interface Found {
  hour: number;
  provider: Provider;
  record: ReturnType<Registry['lifecycle']['record']>;
  price: Price | null;
}
const found = new WeakMap<Model, Found>();

const sourceName = '@pydantic/genai-prices 0.1.8';
/** The table's publication date. */
const asOf = '2026-09-23';
const genaiProvider: Record<string, string> = {
  openai_public: 'openai',
  anthropic_public: 'anthropic',
  google_gemini: 'google',
  azure_openai: 'azure',
  openrouter: 'openrouter',
};

/** A model's token price; `of` takes cached tokens and length tiers into account. */
export interface Price {
  shown: PriceUsed;
  of(usage: Usage): number;
  /**
   * Maximum cost in USD of these tokens, whatever part of the prompt is written to a cache and whatever tier
   * applies.
   * @param inputFactor the highest multiple of the input price that the request itself asks for
   */
  max(prompt: number, completion: number, inputFactor: number): number;
}

/**
 * A cache write costs this multiple of the input price:
 * https://platform.claude.com/docs/en/build-with-claude/prompt-caching
 */
const cacheWriteFactor = 1.25;
const cacheWriteHourFactor = 2;

/** Without a known price for cache reads, they cost as much as input. */
function usdOf(usage: Usage, input: number, output: number, cacheRead = input): number {
  const { prompt_tokens: prompt, completion_tokens: completion } = usage;
  const hour = Math.min(usage.cache_write_1h_tokens ?? 0, prompt);
  const written = Math.min(usage.cache_write_tokens ?? 0, prompt - hour);
  const read = Math.min(usage.cached_tokens ?? 0, prompt - hour - written);
  const plain = prompt - hour - written - read;
  const sent = plain + written * cacheWriteFactor + hour * cacheWriteHourFactor;
  return (sent * input + read * cacheRead + completion * output) / 1_000_000;
}

function flat(shown: PriceUsed): Price {
  const { input, output } = shown;
  return {
    shown,
    of: (usage) => usdOf(usage, input, output),
    max: (prompt, completion, factor) => (prompt * input * factor + completion * output) / 1_000_000,
  };
}

const baseOf = (price: PriceTree): number | undefined => (typeof price === 'number' ? price : price?.base);

function genaiUsage(usage: Usage) {
  return {
    input_tokens: usage.prompt_tokens,
    output_tokens: usage.completion_tokens,
    // Some servers report more cached tokens than were sent, for which the table throws.
    ...(usage.cached_tokens ? { cache_read_tokens: Math.min(usage.cached_tokens, usage.prompt_tokens) } : {}),
  };
}

type TablePrice = NonNullable<ReturnType<GenaiPrices['calcPrice']>>['model_price'];

/** Cost in USD with one flat price per kind of token; null if the price depends on the amount. */
function linear(price: TablePrice): ((usage: Usage) => number) | null {
  const { input_mtok: input, output_mtok: output, cache_read_mtok: read } = price;
  const cached = read ?? input;
  if (typeof input !== 'number' || typeof output !== 'number' || typeof cached !== 'number') return null;
  if (price['requests_kcount'] !== undefined) return null;
  return (usage) => usdOf(usage, input, output, cached);
}

/** The highest of a price's tiers. */
function dearest(price: PriceTree): number {
  if (typeof price === 'number') return price;
  return Math.max(price?.base ?? 0, ...(price?.tiers ?? []).map((tier) => tier.price));
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
  // An embedding model writes no tokens, so it has no output price.
  const written = /embed/i.test(model.wireId) ? 0 : undefined;
  const output = baseOf(match?.model_price['output_mtok']) ?? written;
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
  const usd =
    plain ??
    ((usage: Usage) => {
      const listed = calcPrice(genaiUsage(usage), reference, options)?.total_price ?? 0;
      // The table prices every prompt token once; the surcharge of a cache write is added here.
      const extra =
        (usage.cache_write_tokens ?? 0) * (cacheWriteFactor - 1) +
        (usage.cache_write_1h_tokens ?? 0) * (cacheWriteHourFactor - 1);
      return listed + (extra * input) / 1_000_000;
    });
  const { input_mtok, output_mtok, cache_write_mtok, requests_kcount } = match.model_price;
  const dearestInput = dearest(input_mtok);
  const writes = cache_write_mtok === undefined ? 1 : dearest(cache_write_mtok) / (dearestInput || 1);
  return {
    shown,
    of: (usage) => usd(usage) * fee,
    max: (prompt, completion, factor) =>
      ((prompt * dearestInput * Math.max(1, factor, factor > 1 ? writes : 1) +
        completion * dearest(output_mtok)) /
        1_000_000 +
        dearest(requests_kcount) / 1000) *
      fee,
  };
}

/** A recorded price as a call shows it; tiers, fees and changes are shown in the registry. */
function shownPrice(recorded: Pricing | null): PriceUsed | null {
  if (!recorded) return null;
  const { record: _record, ...shown } = recorded;
  return shown;
}

/**
 * The price of a model at a given time, in this order: the registry file's own price, the registry's price
 * record if it has prices for cached tokens, the price table (its match is fuzzy, so the matched id is
 * shown), any other record. Null if none of them has it.
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

/** As `priceOf`, but synchronous; undefined while the table is not loaded. */
function knownPrice(
  registry: Registry,
  provider: Provider,
  model: Model,
  now: number,
): Price | null | undefined {
  const hour = Math.floor(now / hourMs);
  const record = registry.lifecycle.record(provider, model);
  const known = found.get(model);
  if (known?.hour === hour && known.provider === provider && known.record === record) return known.price;
  const today = dayOf(now);
  const recorded = shownPrice(recordedPrice(registry, provider, model, today));
  if (model.listedPrice && recorded) return flat({ ...recorded, as_of: recorded.as_of || asOf });
  if (provider.kind !== 'cloud') return null;
  const pricing = record?.pricing;
  const own = pricing && recorded ? priceOfRecord(pricing, recorded, today, feeOf(provider)) : null;
  const complete = own && pricing && isComplete(pricing, today) ? own : null;
  if (!complete && !genai) return undefined;
  const price = complete ?? (genai && foundPrice(genai, provider, model, record, now)) ?? own;
  found.set(model, { hour, provider, record, price });
  return price;
}
