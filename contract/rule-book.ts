import { z } from 'zod';
import { fieldRules } from './field-rules.ts';
import { sourceDate } from './module-preset.ts';
import { adapterName, modelRule, structuredOutput } from './provider.ts';

const version = z.string().regex(/^\d+(\.\d+)?$/, fieldRules.generation);

/**
 * Selects models by id. Ids of Claude, GPT, o-series and Gemini models are parsed into line and generation,
 * so that unlisted ids are covered; `ids` names others literally. Without any of these it selects every model
 * of `adapters`.
 */
export const modelMatch = z.strictObject({
  family: z.enum(['claude', 'gpt', 'o', 'gemini']).optional(),
  lines: z.array(z.string()).optional(),
  not_lines: z.array(z.string()).optional(),
  /** This generation and later. */
  from: version.optional(),
  /** Generations before this one. */
  before: version.optional(),
  ids: z.array(z.string()).optional(),
  adapters: z.array(adapterName).optional(),
  not_adapters: z.array(adapterName).optional(),
});
export type ModelMatch = z.infer<typeof modelMatch>;

export const reasoningLevels = ['off', 'minimal', 'low', 'medium', 'high', 'max'] as const;
export const reasoningLevel = z.enum(reasoningLevels);
export type ReasoningLevel = z.infer<typeof reasoningLevel>;

/** The provider's own parameters for a level; null if the model does not support it. */
const levelParams = z.record(z.string(), z.unknown()).nullable();

/** The parameters that set a model's reasoning effort. */
export const reasoningFacts = z.strictObject({
  match: z.array(modelMatch).min(1),
  levels: z.record(reasoningLevel, levelParams),
  /** By level: its actual effect, if that differs from its name. */
  notes: z.partialRecord(reasoningLevel, z.string()).optional(),
  source: z.string(),
  as_of: sourceDate,
});
export type ReasoningFacts = z.infer<typeof reasoningFacts>;

/** How a model takes a JSON Schema, if its entry does not say. */
export const schemaFacts = z.strictObject({
  match: z.array(modelMatch).min(1),
  structured_output: structuredOutput,
  /** Modes that the model refuses; if one is requested explicitly, `structured_output` is used instead. */
  refuses: z.array(structuredOutput).optional(),
  source: z.string(),
  as_of: sourceDate,
});
export type SchemaFacts = z.infer<typeof schemaFacts>;

/**
 * `registry/rules.json`: rules for families of models. In `reasoning` and `schemas` the first match counts.
 */
export const ruleBook = z.strictObject({
  as_of: z.iso.date(),
  rules: z.array(z.strictObject({ match: z.array(modelMatch).min(1), rules: z.array(modelRule).min(1) })),
  reasoning: z.array(reasoningFacts),
  schemas: z.array(schemaFacts),
});
export type RuleBook = z.infer<typeof ruleBook>;
