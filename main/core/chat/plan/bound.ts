import type { Usage } from '../../../../contract/chat.ts';
import { maxImageTokens } from '../../registry/prices/image-tokens.ts';
import type { Price } from '../../registry/prices/price-table.ts';
import type { Plan } from './plan.ts';

/** Assumed maximum output of a model if the request sets no limit and the registry has none. */
const unknownMaxOutput = 128_000;

/** The maximum cost of one attempt. */
export interface Bound {
  /** USD. If `unbounded` is not empty, this is the known part: the actual cost may be higher. */
  usd: number;
  /** Why the actual cost may be higher, each with its place in the body. */
  unbounded: string[];
}

/** Maximum tokens of all replies together; null if neither the body nor the model sets a limit. */
export function maxCompletion({ billing, model }: Pick<Plan, 'billing' | 'model'>): number | null {
  const one = billing.maxOutput ?? model.maxOutput;
  return one === null ? null : (one + billing.extraOutput) * billing.replies;
}

/** Maximum tokens of a prompt's images. */
export function maxImages({
  billing,
  model,
  resolved,
}: Pick<Plan, 'billing' | 'model' | 'resolved'>): number {
  return billing.images * maxImageTokens(resolved.provider.factsFrom, model.wireId);
}

/** Maximum prompt tokens: one per byte of the body, plus each image at its maximum. */
export function maxPrompt(plan: Plan): number {
  const { billing, body } = plan;
  return body.length - billing.imageBytes + maxImages(plan) + billing.extraPrompt;
}

/** Upper bound of an attempt's cost in USD, as far as the body determines it. */
export function boundOf(plan: Plan, price: Price): Bound {
  const { billing, model } = plan;
  const completion =
    maxCompletion(plan) ?? ((model.context ?? unknownMaxOutput) + billing.extraOutput) * billing.replies;
  return {
    usd: price.max(maxPrompt(plan), completion, billing.inputFactor),
    unbounded: billing.unbounded,
  };
}

/** A usage with only these two counts. */
export function plainUsage(prompt: number, completion: number): Usage {
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}
