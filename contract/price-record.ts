import { z } from 'zod';
import { fieldRules } from './field-rules.ts';

/** USD per million tokens. A kind of token without its own rate costs the `input` rate. */
export const tokenRates = z.strictObject({
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
  /** Prompt tokens read from the provider's cache. */
  cache_read: z.number().nonnegative().optional(),
  /**
   * Prompt tokens written to the cache for the shortest lifetime that the provider offers (Anthropic: 5
   * minutes).
   */
  cache_write: z.number().nonnegative().optional(),
  /** The same for the longer lifetime (Anthropic: 1 hour). */
  cache_write_long: z.number().nonnegative().optional(),
});
export type TokenRates = z.infer<typeof tokenRates>;

const isoDate = z.iso.date();

/** The prices from a given day. */
export const priceVersion = z.strictObject({
  /** First day of these prices (UTC); null: since the model's release, or since an unknown day. */
  from: isoDate.nullable(),
  rates: tokenRates,
  /**
   * Rates of the whole call if its prompt, including cached tokens, is longer than `above` tokens; ascending.
   */
  tiers: z.array(z.strictObject({ above: z.number().int().positive(), rates: tokenRates })).optional(),
});
export type PriceVersion = z.infer<typeof priceVersion>;

/** Charges besides tokens, in USD for `per` items. `up_to` bounds a fee that depends on the request. */
export const priceFee = z.strictObject({
  usd: z.number().nonnegative(),
  up_to: z.number().nonnegative().optional(),
  per: z.number().int().positive(),
  /** Charged for every request, whether it is used or not. */
  every_request: z.boolean().optional(),
  note: z.string().optional(),
});

/** A model's prices, in USD per million tokens, with the date of the source. */
export const priceRecord = z.strictObject({
  currency: z.literal('USD'),
  per: z.literal(1_000_000),
  /** Oldest first. */
  versions: z.array(priceVersion).min(1),
  /** Factor on token rates for batch calls; absent if unknown. */
  batch: z.number().positive().max(1).optional(),
  /** Factors on token rates by service tier (`flex`, `priority`). */
  service_tiers: z.record(z.string(), z.number().positive()).optional(),
  /** By item: `web_search`, `file_search`, `request`. */
  fees: z.record(z.string(), priceFee).optional(),
  /** A platform between the user and the model's provider. */
  platform: z
    .strictObject({
      /** Fraction added to the spending, charged when credits are bought. */
      credit_fee: z.number().nonnegative(),
      /** Minimum fee in USD for each purchase. */
      credit_fee_minimum: z.number().nonnegative(),
      /** Fraction of the list price charged for a call with the user's own key at the model's provider. */
      byok_fee: z.number().nonnegative(),
      source: z.string(),
      as_of: z.string(),
    })
    .optional(),
  /** The id in the price table `@pydantic/genai-prices`, if the match has to be explicit. */
  matched: z.string().optional(),
  source: z.string(),
  /** The date of the source, never the day it was read. */
  as_of: z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/, fieldRules.date_or_month),
  /** A second source that agrees, or how it differs. */
  checked: z.string().optional(),
});
export type PriceRecord = z.infer<typeof priceRecord>;
