import type { PriceRecord, PriceVersion, TokenRates } from '../../../contract/price-record.ts';

/** What one call used. Counts of a kind are part of the sum before them, as providers bill them. */
export interface BilledUsage {
  /** All prompt tokens: those read from and written to the provider's cache are among them. */
  prompt_tokens: number;
  /** All tokens the model wrote, its thinking among them. */
  completion_tokens: number;
  cached_tokens?: number | undefined;
  /** Written for the shorter time. */
  cache_write_tokens?: number | undefined;
  /** Written for the longer time. */
  cache_write_long_tokens?: number | undefined;
  /** How often something with a fee was used, by its name in `fees` (`web_search`). */
  used?: Readonly<Record<string, number>> | undefined;
}

export interface PriceOptions {
  /** The call was made through the provider's batch interface. */
  batch?: boolean | undefined;
  /** The service tier that answered (`flex`, `fast`); none, `default`, `standard` and `auto` are the plain one. */
  tier?: string | undefined;
  /** The platform called the model's provider with the user's own key there. */
  byok?: boolean | undefined;
}

/** USD for one kind of thing. */
export interface PricePart {
  what: 'input' | 'cache_read' | 'cache_write' | 'cache_write_long' | 'output' | 'fee' | 'platform';
  /** Name of a fee. */
  name?: string;
  count: number;
  usd: number;
}

export interface PricedCall {
  /** All that the user pays, fees included. */
  total: number;
  /** Of that, what goes to the platform between; 0 without one. */
  platform: number;
  parts: PricePart[];
  /** The prices that held. */
  version: PriceVersion;
  /** Prompt tokens above which the whole call costs these rates; null for the lowest ones. */
  above: number | null;
}

const plainTiers = new Set(['default', 'standard', 'auto']);

/** The prices that hold on a day (`YYYY-MM-DD`); before the first recorded day those of that one. */
export function versionOn({ versions }: PriceRecord, day: string): PriceVersion {
  const held = versions.filter(({ from }) => from === null || from <= day);
  return (held.at(-1) ?? versions[0]) as PriceVersion;
}

/** The next announced change after a day; null where none is. */
export function nextVersion({ versions }: PriceRecord, day: string): PriceVersion | null {
  return versions.find(({ from }) => from !== null && from > day) ?? null;
}

function ratesFor(
  { rates, tiers }: PriceVersion,
  promptTokens: number,
): { rates: TokenRates; above: number | null } {
  const tier = tiers?.findLast(({ above }) => promptTokens > above);
  return tier ?? { rates, above: null };
}

/** The factor of batch and tier on token rates; null where it is not recorded. */
function factorOf(record: PriceRecord, { batch, tier }: PriceOptions): number | null {
  const byBatch = batch ? record.batch : 1;
  const plain = tier === undefined || plainTiers.has(tier);
  const byTier = plain ? 1 : record.service_tiers?.[tier];
  return byBatch === undefined || byTier === undefined ? null : byBatch * byTier;
}

function tokenParts(rates: TokenRates, usage: BilledUsage, factor: number): PricePart[] {
  const read = usage.cached_tokens ?? 0;
  const write = usage.cache_write_tokens ?? 0;
  const long = usage.cache_write_long_tokens ?? 0;
  // Some servers tell more cached than sent: the rest is never negative.
  const plain = Math.max(0, usage.prompt_tokens - read - write - long);
  const writeRate = rates.cache_write ?? rates.input;
  const kinds: [PricePart['what'], number, number][] = [
    ['input', plain, rates.input],
    ['cache_read', read, rates.cache_read ?? rates.input],
    ['cache_write', write, writeRate],
    ['cache_write_long', long, rates.cache_write_long ?? writeRate],
    ['output', usage.completion_tokens, rates.output],
  ];
  return kinds
    .filter(([, count]) => count > 0)
    .map(([what, count, rate]) => ({ what, count, usd: (count * rate * factor) / 1_000_000 }));
}

/** Fees for what was used, and those of every request; null where something was used that has no recorded fee. */
function feeParts({ fees = {} }: PriceRecord, used: BilledUsage['used'] = {}): PricePart[] | null {
  const counts = new Map(Object.entries(used).filter(([, count]) => count > 0));
  for (const [name, fee] of Object.entries(fees))
    if (fee.every_request) counts.set(name, Math.max(1, counts.get(name) ?? 0));
  const parts: PricePart[] = [];
  for (const [name, count] of counts) {
    const fee = Object.hasOwn(fees, name) ? fees[name] : undefined;
    if (!fee) return null;
    parts.push({ what: 'fee', name, count, usd: (count * (fee.up_to ?? fee.usd)) / fee.per });
  }
  return parts;
}

const sum = (parts: readonly PricePart[]) => parts.reduce((usd, part) => usd + part.usd, 0);

/**
 * What a call costs by a model's price record, in USD; null where it depends on something the record does not tell
 * (batch, a service tier, a fee), so that nobody takes it for free. A platform's fee is part of it: on credits when
 * they are bought, or on the listed price of a call with the user's own key, which also pays the model's provider.
 * Rounded nowhere.
 * @param when a moment in milliseconds, or a day as `YYYY-MM-DD`
 */
export function priceOf(
  record: PriceRecord,
  usage: BilledUsage,
  when: number | string,
  options: PriceOptions = {},
): PricedCall | null {
  const day = typeof when === 'string' ? when : new Date(when).toISOString().slice(0, 10);
  const version = versionOn(record, day);
  const { rates, above } = ratesFor(version, usage.prompt_tokens);
  const factor = factorOf(record, options);
  const fees = feeParts(record, usage.used);
  if (factor === null || fees === null) return null;
  if (options.byok && !record.platform) return null;
  const listed = [...tokenParts(rates, usage, factor), ...fees];
  const fee = options.byok ? record.platform?.byok_fee : record.platform?.credit_fee;
  const platform = sum(listed) * (fee ?? 0);
  const parts: PricePart[] = platform ? [...listed, { what: 'platform', count: 1, usd: platform }] : listed;
  return { total: sum(parts), platform, parts, version, above };
}
