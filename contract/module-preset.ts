import { z } from 'zod';
import { fieldRules } from './field-rules.ts';
import { priceRecord } from './price-record.ts';

/** Modules with a view in the panel; a registry file may add others by name. */
export const builtInModules = [
  'translate',
  'vn_chat',
  'narrator',
  'worldbuild',
  'battle_narration',
  'persona',
  'pov_rewrite',
] as const;

/** Sampling options in the neutral (OpenAI) format; other options are passed to the adapter. */
export const generationOptions = z.looseObject({
  temperature: z.number().optional(),
  top_p: z.number().optional(),
  max_tokens: z.number().int().positive().optional(),
  presence_penalty: z.number().optional(),
  frequency_penalty: z.number().optional(),
  seed: z.number().int().optional(),
  stop: z.union([z.string(), z.array(z.string())]).optional(),
});
export type GenerationOptions = z.infer<typeof generationOptions>;

const { shape } = generationOptions;
/** A preset's options. `null` removes an option inherited from the model or the defaults. */
export const presetOptions = z.looseObject({
  temperature: shape.temperature.nullable(),
  top_p: shape.top_p.nullable(),
  max_tokens: shape.max_tokens.nullable(),
  presence_penalty: shape.presence_penalty.nullable(),
  frequency_penalty: shape.frequency_penalty.nullable(),
  seed: shape.seed.nullable(),
  stop: shape.stop.nullable(),
});
export type PresetOptions = z.infer<typeof presetOptions>;

export const jsonSchema = z.record(z.string(), z.unknown());
export type JsonSchema = z.infer<typeof jsonSchema>;

export const lifecycleStatus = z.enum(['active', 'deprecated', 'retired', 'never_released', 'unknown']);
export type LifecycleStatus = z.infer<typeof lifecycleStatus>;

/** Computed from the recorded dates and the current date. Dates are `YYYY-MM-DD`. */
export const lifecycleView = z.object({
  status: lifecycleStatus,
  shutdown: z.string().nullable(),
  /** Each date with its source, if sources differ about the end. */
  ends: z.array(z.object({ date: z.string(), source: z.string(), as_of: z.string() })).optional(),
  successor: z.string().nullable(),
  source: z.string().nullable(),
  as_of: z.string().nullable(),
  note: z.string().optional(),
});
export type LifecycleView = z.infer<typeof lifecycleView>;

/**
 * The date when a source was published, not when it was read: a day, or a month if the source gives no day.
 */
export const sourceDate = z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/, fieldRules.date_or_month);

/** One recorded fact in `registry/lifecycle.json`. */
export const lifecycleRecord = z.strictObject({
  provider: z.string(),
  listed_id: z.string(),
  wire_id: z.string().nullable(),
  status: lifecycleStatus,
  shutdown: z.iso.date().nullable(),
  /** If sources differ about the end: each date with its source. `shutdown` is the newest source's date. */
  ends: z.array(z.strictObject({ date: z.iso.date(), source: z.string(), as_of: sourceDate })).optional(),
  successor: z.string().nullable(),
  successor_named_by: z.enum(['vendor', 'us']).nullable(),
  source: z.string(),
  as_of: sourceDate,
  note: z.string().optional(),
  /** null if no price is published; `note` then says so. */
  pricing: priceRecord.nullable(),
  quoted: z.strictObject({ input: z.number(), output: z.number(), as_of: z.string() }).optional(),
  context: z.number().nullish(),
});
export type LifecycleRecord = z.infer<typeof lifecycleRecord>;
export const lifecycleFile = z.strictObject({ as_of: z.iso.date(), records: z.array(lifecycleRecord) });

export const providerOptions = z.strictObject({
  body: z.record(z.string(), z.unknown()).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  query: z.record(z.string(), z.string()).optional(),
});
export type ProviderOptions = z.infer<typeof providerOptions>;

export const presetOrigin = z.enum(['shortlist-2024-10', 'successor', 'local', 'built-in', 'user']);

/** A preset as written in a file. `rank` 1 to 10 is the seed's order; others follow. */
export const presetEntry = z.strictObject({
  id: z.string().regex(/^[a-z0-9][\w.-]{0,95}$/, fieldRules.preset_id),
  rank: z.number().int().positive(),
  origin: presetOrigin,
  replaces: z.string().optional(),
  provider: z.string(),
  model: z.string(),
  options: presetOptions,
  schema: jsonSchema.nullish(),
  provider_options: providerOptions.optional(),
  /** USD reserved for calls whose cost has no bound. */
  max_cost_usd: z.number().positive().max(1_000_000).optional(),
  /** Ids of model rules to ignore for this preset. */
  ignore_rules: z.array(z.string()).optional(),
  notes: z.string(),
});
export type PresetEntry = z.infer<typeof presetEntry>;

/** `registry/modules/<module>.json`. `active` is a preset id; a retired preset is replaced automatically. */
export const moduleFile = z.strictObject({
  module: z.string(),
  label: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  active: z.string(),
  schema: jsonSchema.optional(),
  shortlist: z.array(presetEntry),
});
export type ModuleFile = z.infer<typeof moduleFile>;

/** A preset as the API returns it: with its model's lifecycle today. */
export const preset = z.object({ ...presetEntry.shape, lifecycle: lifecycleView });
export type Preset = z.infer<typeof preset>;

/** `defaults.modules.<module>` of ComfyVN's file. */
export const moduleDefault = z.looseObject({
  provider: z.string(),
  model: z.string(),
  options: generationOptions.optional(),
  tags: z.array(z.string()).optional(),
});
