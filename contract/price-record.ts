import { z } from 'zod';

/** USD per million tokens. A kind of token without a rate of its own costs what `input` costs. */
export const tokenRates = z.strictObject({
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
  /** Prompt tokens that came out of the provider's cache. */
  cache_read: z.number().nonnegative().optional(),
  /** Prompt tokens written into the cache for the shortest time that the provider offers (Anthropic: 5 minutes). */
  cache_write: z.number().nonnegative().optional(),
  /** The same for the longer time (Anthropic: 1 hour). */
  cache_write_long: z.number().nonnegative().optional(),
});
export type TokenRates = z.infer<typeof tokenRates>;

const isoDate = z.iso.date();

/** The prices that hold from a day on. */
export const priceVersion = z.strictObject({
  /** First day of these prices (UTC); null: since the model is served, or from a day nobody tells. */
  from: isoDate.nullable(),
  rates: tokenRates,
  /** Rates of the whole call where its prompt, cached tokens included, is longer than `above` tokens; ascending. */
  tiers: z.array(z.strictObject({ above: z.number().int().positive(), rates: tokenRates })).optional(),
});
export type PriceVersion = z.infer<typeof priceVersion>;

/** What is charged beside tokens, in USD for `per` of them. `up_to` bounds a fee that depends on the request. */
export const priceFee = z.strictObject({
  usd: z.number().nonnegative(),
  up_to: z.number().nonnegative().optional(),
  per: z.number().int().positive(),
  /** Charged for every request, whether it is used or not. */
  every_request: z.boolean().optional(),
  note: z.string().optional(),
});

/** What a model costs, in USD per million tokens, with the date of the source. */
export const priceRecord = z.strictObject({
  currency: z.literal('USD'),
  per: z.literal(1_000_000),
  /** Oldest first. */
  versions: z.array(priceVersion).min(1),
  /** Factor on token rates for batch calls; absent where none is known. */
  batch: z.number().positive().max(1).optional(),
  /** Factors on token rates by service tier (`flex`, `priority`). */
  service_tiers: z.record(z.string(), z.number().positive()).optional(),
  /** By what is used: `web_search`, `file_search`, `request`. */
  fees: z.record(z.string(), priceFee).optional(),
  /** A platform between the user and the model's provider. */
  platform: z
    .strictObject({
      /** Fraction on top of what is spent, taken when credits are bought. */
      credit_fee: z.number().nonnegative(),
      /** USD that the fee comes to at least, for each purchase. */
      credit_fee_minimum: z.number().nonnegative(),
      /** Fraction of the listed price that a call with the user's own key at the model's provider costs. */
      byok_fee: z.number().nonnegative(),
      source: z.string(),
      as_of: z.string(),
    })
    .optional(),
  /** The id in the price table `@pydantic/genai-prices`, where its match has to be named explicitly. */
  matched: z.string().optional(),
  source: z.string(),
  /** The date of the source, never the day it was read. */
  as_of: z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/),
  /** A second source that agrees, or what it says instead. */
  checked: z.string().optional(),
});
export type PriceRecord = z.infer<typeof priceRecord>;
