import type { PriceRecord, PriceVersion, TokenRates } from '../../../../contract/price-record.ts';

/** The usage of one call. Sub-counts are part of the total before them, as providers bill them. */
export interface BilledUsage {
  /** All prompt tokens, including cache reads and writes. */
  prompt_tokens: number;
  /** All generated tokens, including reasoning. */
  completion_tokens: number;
  cached_tokens?: number | undefined;
  /** Written with the shorter lifetime. */
  cache_write_tokens?: number | undefined;
  /** Written with the longer lifetime. */
  cache_write_long_tokens?: number | undefined;
  /** How often each item with a fee was used, by its name in `fees` (`web_search`). */
  used?: Readonly<Record<string, number>> | undefined;
}

/** USD for one item. */
export interface PricePart {
  what: 'input' | 'cache_read' | 'cache_write' | 'cache_write_long' | 'output' | 'fee' | 'platform';
  /** Name of a fee. */
  name?: string;
  count: number;
  usd: number;
}

export interface PricedCall {
  /** The total that the user pays, including fees. */
  total: number;
  /** The platform's part of the total; 0 without a platform. */
  platform: number;
  parts: PricePart[];
  /** The prices that applied. */
  version: PriceVersion;
  /** Prompt tokens above which these rates apply to the whole call; null for the lowest tier. */
  above: number | null;
}

/** The prices on a day (`YYYY-MM-DD`); before the first recorded day, the first recorded prices. */
export function versionOn({ versions }: PriceRecord, day: string): PriceVersion {
  const held = versions.filter(({ from }) => from === null || from <= day);
  return (held.at(-1) ?? versions[0]) as PriceVersion;
}

/** The next announced change after a day; null if there is none. */
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

function tokenParts(rates: TokenRates, usage: BilledUsage): PricePart[] {
  const read = usage.cached_tokens ?? 0;
  const write = usage.cache_write_tokens ?? 0;
  const long = usage.cache_write_long_tokens ?? 0;
  // Some servers report more cached tokens than were sent; the remainder must not be negative.
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
    .map(([what, count, rate]) => ({ what, count, usd: (count * rate) / 1_000_000 }));
}

/** Fees for used items and per request; null if a used item has no recorded fee. */
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
 * The cost of a call by a model's price record, in USD, not rounded. Null if it depends on a fee that the record does not
 * contain, so that it is never taken for free. The platform's fee on purchased credits is included.
 * @param when a time in milliseconds, or a day as `YYYY-MM-DD`
 */
export function costByRecord(
  record: PriceRecord,
  usage: BilledUsage,
  when: number | string,
): PricedCall | null {
  const day = typeof when === 'string' ? when : new Date(when).toISOString().slice(0, 10);
  const version = versionOn(record, day);
  const { rates, above } = ratesFor(version, usage.prompt_tokens);
  const fees = feeParts(record, usage.used);
  if (fees === null) return null;
  const listed = [...tokenParts(rates, usage), ...fees];
  const platform = sum(listed) * (record.platform?.credit_fee ?? 0);
  const parts: PricePart[] = platform ? [...listed, { what: 'platform', count: 1, usd: platform }] : listed;
  return { total: sum(parts), platform, parts, version, above };
}
