import type { Usage } from '../../../contract/chat.ts';
import type { Estimate } from '../../../contract/plan.ts';
import { countPromptTokens } from '../registry/prices/count-tokens.ts';
import { priceOf, type Price } from '../registry/prices/price-table.ts';
import type { Registry } from '../registry/build-registry.ts';
import type { Plan } from './plan.ts';

/** What a model might write at most when nobody set a limit and none is recorded. */
const unknownMaxOutput = 128_000;

function usageOf(prompt: number, completion: number): Usage {
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

/** Calls that cost nothing: the stub, and a model on the user's own machine or behind their own proxy. */
function isFree(plan: Plan): boolean {
  return plan.resolved.provider.kind !== 'cloud';
}

/** The most tokens the replies can have: what the request says, else what the model can. */
export function maxCompletion(plan: Plan): number | null {
  // Servers read 0 and -1 as "no limit", or refuse them.
  const said = plan.maxTokens !== undefined && plan.maxTokens > 0 ? plan.maxTokens : undefined;
  const one = said ?? plan.model.maxOutput;
  return one === null ? null : one * plan.replies;
}

/** Tokens and cost before anything is sent. `cost` is null where the price is unknown. */
export async function estimateOf(registry: Registry, plan: Plan, now: number): Promise<Estimate> {
  const exact = plan.resolved.provider.factsFrom === 'openai_public';
  const tools = plan.bodyObject['tools'];
  const counted = await countPromptTokens(plan.messages, { schema: plan.schema, tools }, exact);
  const { tokens, countedBy, sections } = counted;
  const most = maxCompletion(plan);
  const base = { prompt_tokens: tokens, max_completion_tokens: most, counted_by: countedBy, sections };
  if (isFree(plan)) return { ...base, cost: { min: 0, max: 0, currency: 'USD' }, price: null };
  const price = await priceOf(registry, plan.resolved.provider, plan.model, now);
  if (!price) return { ...base, cost: null, price: null };
  const max = most === null ? null : price.of(usageOf(tokens, most));
  return { ...base, cost: { min: price.of(usageOf(tokens, 0)), max, currency: 'USD' }, price: price.shown };
}

/**
 * USD a call cannot exceed: a token has at least one byte, so the body's length bounds the prompt (pictures, which
 * are billed by size and not by bytes, are few tokens beside their bytes).
 */
export function upperBound(plan: Plan, price: Price): number {
  const most = maxCompletion(plan) ?? (plan.model.context ?? unknownMaxOutput) * plan.replies;
  return price.of(usageOf(plan.body.length, most));
}
