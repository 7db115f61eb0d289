import { z } from 'zod';
import { attempt, cost, resolution, usage } from './chat.ts';
import { dropped } from './plan.ts';
import { warningFields } from './warnings.ts';

/** The input to embed: texts, or token ids (of OpenAI's tokenizer, so only for OpenAI's models). */
export const embeddingInput = z.union([
  z.strictObject({ texts: z.array(z.string().min(1)).min(1).max(2048) }),
  z.strictObject({ tokens: z.array(z.array(z.number().int()).min(1)).min(1).max(2048) }),
]);
export type EmbeddingInput = z.infer<typeof embeddingInput>;

export const embeddingRequest = z.strictObject({
  provider: z.string().optional(),
  /** As in a chat: `provider/model`, or an id that one provider lists. */
  model: z.string().optional(),
  input: embeddingInput,
  dimensions: z.number().int().positive().optional(),
  user: z.string().optional(),
  dry_run: z.boolean().optional(),
  allow_retired: z.boolean().optional(),
  max_cost_usd: z.number().positive().max(1_000_000).optional(),
});
export type EmbeddingRequest = z.infer<typeof embeddingRequest>;

export const embeddingAnswer = z.object({
  ...resolution.pick({ provider: true, model: true }).shape,
  /** In the order of the texts. */
  vectors: z.array(z.array(z.number())),
  usage,
  cost: cost.nullable(),
  timing: z.object({ total_ms: z.number(), upstream_ms: z.number() }),
  attempts: z.array(attempt),
  dropped: z.array(dropped),
  ...warningFields,
});
export type EmbeddingAnswer = z.infer<typeof embeddingAnswer>;
