import type { Estimate } from '../../../../contract/plan.ts';
import type { Registry } from '../../registry/build-registry.ts';
import { countPromptTokens } from '../../registry/prices/count-tokens.ts';
import { priceOf } from '../../registry/prices/price-table.ts';
import { boundOf, maxCompletion, plainUsage } from './bound.ts';
import type { Plan } from './plan.ts';

/** Calls that cost nothing: the stub, and a model on the user's own machine or behind their own proxy. */
function isFree(plan: Plan): boolean {
  return plan.resolved.provider.kind !== 'cloud';
}

/** Token and cost estimate before sending. `cost` is null if the price is unknown. */
export async function estimateOf(registry: Registry, plan: Plan, now: number): Promise<Estimate> {
  const exact = plan.resolved.provider.factsFrom === 'openai_public';
  const tools = plan.bodyObject['tools'];
  const counted = await countPromptTokens(plan.messages, { schema: plan.schema, tools }, exact);
  const { tokens, countedBy, sections } = counted;
  const limit = maxCompletion(plan);
  const base = { prompt_tokens: tokens, max_completion_tokens: limit, counted_by: countedBy, sections };
  if (isFree(plan)) return { ...base, cost: { min: 0, max: 0, currency: 'USD' }, price: null, bound: null };
  const price = await priceOf(registry, plan.resolved.provider, plan.model, now);
  if (!price) return { ...base, cost: null, price: null, bound: null };
  const { usd, unbounded } = boundOf(plan, price);
  const bounded = unbounded.length === 0;
  // The bound rather than our count's price, because our count may be below the provider's.
  const max = limit === null || !bounded ? null : usd;
  return {
    ...base,
    cost: { min: price.of(plainUsage(tokens, 0)), max, currency: 'USD' },
    price: price.shown,
    bound: { usd: bounded ? usd : null, unbounded },
  };
}
