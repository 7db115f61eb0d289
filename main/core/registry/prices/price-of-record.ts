import type { PriceRecord, TokenRates } from '../../../../contract/price-record.ts';
import type { PriceUsed } from '../../../../contract/plan.ts';
import { costByRecord, versionOn } from './price-record.ts';
import type { Price } from './price-table.ts';

/** The highest rate of a kind over all tiers. */
function dearestOf(tiers: readonly TokenRates[], rateOf: (rates: TokenRates) => number): number {
  return Math.max(...tiers.map(rateOf));
}

/** True if a record has prices for cached tokens, so that nothing has to be estimated. */
export function isComplete(record: PriceRecord, day: string): boolean {
  return versionOn(record, day).rates.cache_read !== undefined;
}

/**
 * Converts a registry's price record to a price.
 * @param day `YYYY-MM-DD`
 * @param surcharge the provider's own, as a fraction; the record's platform fee is not added to it
 */
export function priceOfRecord(record: PriceRecord, shown: PriceUsed, day: string, surcharge: number): Price {
  const version = versionOn(record, day);
  const all = [version.rates, ...(version.tiers ?? []).map(({ rates }) => rates)];
  const input = dearestOf(all, (rates) => rates.input);
  const written = dearestOf(all, (rates) => Math.max(rates.input, rates.cache_write ?? 0));
  const writtenLong = dearestOf(all, (rates) =>
    Math.max(rates.cache_write_long ?? 0, rates.cache_write ?? 0),
  );
  const output = dearestOf(all, (rates) => rates.output);
  const perRequest = Object.values(record.fees ?? {})
    .filter((fee) => fee.every_request)
    .reduce((usd, fee) => usd + (fee.up_to ?? fee.usd) / fee.per, 0);
  return {
    shown,
    of(usage) {
      const { cache_write_1h_tokens: long, ...counts } = usage;
      const priced = costByRecord(record, { ...counts, cache_write_long_tokens: long }, day);
      const listed = priced ? priced.total - priced.platform : 0;
      return listed * (1 + surcharge);
    },
    max(prompt, completion, factor) {
      // Some providers write to their cache automatically, and bill it.
      const rate = Math.max(written, factor > 1 ? input * factor : 0, factor >= 2 ? writtenLong : 0);
      return ((prompt * rate + completion * output) / 1_000_000 + perRequest) * (1 + surcharge);
    },
  };
}
