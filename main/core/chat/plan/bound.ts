import type { Usage } from '../../../../contract/chat.ts';
import { maxImageTokens } from '../../registry/prices/image-tokens.ts';
import type { Price } from '../../registry/prices/price-table.ts';
import type { Plan } from './plan.ts';

/** What a model might write at most when nobody set a limit and none is recorded. */
const unknownMaxOutput = 128_000;

/** The most one attempt can cost. */
export interface Bound {
  /** USD. Where `unbounded` is not empty, what is known of it: the bill may be higher. */
  usd: number;
  /** Why the bill may be higher, each with its place in the body. */
  unbounded: string[];
}

/** The most tokens all replies can have; null where neither the body nor the model sets a limit. */
export function maxCompletion({ billing, model }: Pick<Plan, 'billing' | 'model'>): number | null {
  const one = billing.maxOutput ?? model.maxOutput;
  return one === null ? null : (one + billing.extraOutput) * billing.replies;
}

/** The most tokens that the images of a prompt can have. */
export function maxImages({
  billing,
  model,
  resolved,
}: Pick<Plan, 'billing' | 'model' | 'resolved'>): number {
  return billing.images * maxImageTokens(resolved.provider.factsFrom, model.wireId);
}

/** The most prompt tokens: text by the body's bytes, as a token has at least one, and each image at its largest. */
export function maxPrompt(plan: Plan): number {
  const { billing, body } = plan;
  return body.length - billing.imageBytes + maxImages(plan) + billing.extraPrompt;
}

/** USD that an attempt cannot exceed, as far as its bytes show it. */
export function boundOf(plan: Plan, price: Price): Bound {
  const { billing, model } = plan;
  const completion =
    maxCompletion(plan) ?? ((model.context ?? unknownMaxOutput) + billing.extraOutput) * billing.replies;
  return {
    usd: price.max(maxPrompt(plan), completion, billing.inputFactor),
    unbounded: billing.unbounded,
  };
}

/** Usage that says no more than these two counts. */
export function plainUsage(prompt: number, completion: number): Usage {
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}
