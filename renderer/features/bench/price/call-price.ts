import type { Estimate } from '../../../../contract/plan.ts';
import type { ExpectedReply } from './expected-reply.ts';

export interface CallPrice {
  /** USD; null where the price is unknown. */
  likely: number | null;
  /** USD; null where it is unknown or has no upper bound. */
  max: number | null;
  /** No price is on record. */
  unknown: boolean;
  /** The limit that the expected reply is longer than, in tokens; null where it fits. */
  cutAt: number | null;
}

const million = 1_000_000;

/** What a planned call will probably cost, and at most: the prompt, and the reply that is expected of it. */
export function callPrice(estimate: Estimate, expected: ExpectedReply): CallPrice {
  const { cost, price, max_completion_tokens: limit } = estimate;
  const tokens = limit === null ? expected.tokens : Math.min(expected.tokens, limit);
  const cutAt = limit !== null && expected.tokens > limit ? limit : null;
  if (!cost) return { likely: null, max: null, unknown: true, cutAt };
  const likely = cost.min + (price ? (tokens * price.output) / million : 0);
  return {
    likely: cost.max === null ? likely : Math.min(likely, cost.max),
    max: cost.max,
    unknown: false,
    cutAt,
  };
}

/** Several calls that are sent together. What is not known of one is not known of all. */
export function sumOf(prices: readonly CallPrice[]): CallPrice {
  const add = (of: 'likely' | 'max') =>
    prices.reduce<number | null>(
      (sum, price) => (sum === null || price[of] === null ? null : sum + price[of]),
      0,
    );
  const cuts = prices.flatMap(({ cutAt }) => (cutAt === null ? [] : [cutAt]));
  return {
    likely: add('likely'),
    max: add('max'),
    unknown: prices.some(({ unknown }) => unknown),
    cutAt: cuts.length > 0 ? Math.min(...cuts) : null,
  };
}
