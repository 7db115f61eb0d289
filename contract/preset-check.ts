import { z } from 'zod';
import { noticeDetail } from './coded-texts.ts';
import { dropped, rewritten } from './plan.ts';
import { jsonSchema, lifecycleView } from './module-preset.ts';
import { modelRule, pricing } from './provider.ts';
import { warningDetail, warningFields } from './warnings.ts';

/** An option that a call inherits if its preset does not set it. */
export const inheritedOption = z.object({ value: z.unknown(), from: z.enum(['defaults', 'model']) });
export type InheritedOption = z.infer<typeof inheritedOption>;

/** A model rule that the settings violate. `blocks`: a live call would be refused for it. */
export const brokenRule = z.object({
  /** The rule's id for `ignore_rules`. */
  id: z.string(),
  rule: modelRule,
  message: z.string(),
  /** The same with its code. */
  warning: warningDetail,
  blocks: z.boolean(),
});
export type BrokenRuleView = z.infer<typeof brokenRule>;

/** Facts about the model that the settings name; null if no provider has that name. */
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
  /** Why the schema cannot validate replies; the detail is a code of `preset_problem`. */
  problem: z.string().nullable(),
  problem_detail: noticeDetail.optional(),
  /** The smallest value that fits; null if none was found. */
  sample: z.unknown(),
});

/** A model rule, with its id for `ignore_rules`. */
export const namedRule = z.object({ id: z.string(), rule: modelRule });

/** A preset's settings as a call would use them. */
export const presetCheck = z.object({
  /** Why they could not be saved; the detail is a code of `preset_problem`. */
  problem: z.string().nullable(),
  problem_detail: noticeDetail.optional(),
  target: checkedTarget.nullable(),
  /** By option: the inherited value. */
  inherited: z.record(z.string(), inheritedOption),
  rules: z.array(modelRule),
  /** The rules by id: those that `dropped` and `rewritten` refer to, and ignored ones. */
  named_rules: z.array(namedRule),
  broken: z.array(brokenRule),
  applied: z.array(z.string()),
  dropped: z.array(dropped),
  rewritten: z.array(rewritten),
  /** Without the contents of `broken`. */
  ...warningFields,
  schema: checkedSchema,
});
export type PresetCheck = z.infer<typeof presetCheck>;
