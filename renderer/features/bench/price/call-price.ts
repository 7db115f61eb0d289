import type { Estimate } from '../../../../contract/plan.ts';
import type { ExpectedReply } from './expected-reply.ts';

export interface CallPrice {
  /** USD; null where the price is unknown. */
  likely: number | null;
  /** USD; null where it is unknown or has no upper bound. */
  max: number | null;
  /** The registry has no price for the model. */
  unknown: boolean;
  /** The token limit, if the expected reply is longer; null if it fits. */
  cutAt: number | null;
}

const million = 1_000_000;

/** The likely and the maximum price of a planned call: its prompt, and the expected reply. */
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

/** The price of several calls that are sent together; unknown if one of them is unknown. */
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
