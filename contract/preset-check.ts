import { z } from 'zod';
import { dropped, rewritten } from './plan.ts';
import { jsonSchema, lifecycleView } from './module-preset.ts';
import { modelRule, pricing } from './provider.ts';

/** An option that a call gets where its preset says nothing. */
export const inheritedOption = z.object({ value: z.unknown(), from: z.enum(['defaults', 'model']) });
export type InheritedOption = z.infer<typeof inheritedOption>;

/** A rule of the model that the settings break. `blocks`: a live call would be refused for it. */
export const brokenRule = z.object({
  /** How `ignore_rules` names it. */
  id: z.string(),
  rule: modelRule,
  message: z.string(),
  blocks: z.boolean(),
});
export type BrokenRuleView = z.infer<typeof brokenRule>;

/** What is known of the model that the settings name; null where no provider has that name. */
export const checkedTarget = z.object({
  provider_label: z.string(),
  model: z.string(),
  /** The provider's list has it. */
  listed: z.boolean(),
  /** It runs on this machine, so it costs nothing. */
  free: z.boolean(),
  lifecycle: lifecycleView,
  pricing: pricing.nullable(),
  context: z.number().nullable(),
  max_output: z.number().nullable(),
});

export const checkedSchema = z.object({
  from: z.enum(['preset', 'module', 'none']),
  schema: jsonSchema.nullable(),
  /** Why no reply could be held against it. */
  problem: z.string().nullable(),
  /** A smallest value that fits; null where none was found. */
  sample: z.unknown(),
});

/** A rule of the model, by the name that `ignore_rules` takes. */
export const namedRule = z.object({ id: z.string(), rule: modelRule });

/** A preset's settings as a call would find them. */
export const presetCheck = z.object({
  /** Why they could not be saved. */
  problem: z.string().nullable(),
  target: checkedTarget.nullable(),
  /** By option: what inheriting gives. */
  inherited: z.record(z.string(), inheritedOption),
  rules: z.array(modelRule),
  /** The same, by name: those that `dropped` and `rewritten` point to, and those that are ignored. */
  named_rules: z.array(namedRule),
  broken: z.array(brokenRule),
  applied: z.array(z.string()),
  dropped: z.array(dropped),
  rewritten: z.array(rewritten),
  /** Without what `broken` says. */
  warnings: z.array(z.string()),
  schema: checkedSchema,
});
export type PresetCheck = z.infer<typeof presetCheck>;
