import { z } from 'zod';
import { fieldRules } from './field-rules.ts';
import { chatAnswer, chatRequest, message } from './chat.ts';
import { generationOptions, jsonSchema } from './module-preset.ts';
import { checkResult, packCheck } from './pack-check.ts';

export const variableType = z.enum(['string', 'number', 'boolean', 'object', 'array']);

const shapeType = z.enum([...variableType.options, 'integer', 'null']);

/** The subset of JSON Schema with which a pack describes a variable's content. */
export const variableShape = z.strictObject({
  type: z.union([shapeType, z.array(shapeType).min(1)]).optional(),
  description: z.string().optional(),
  enum: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  required: z.array(z.string()).optional(),
  minItems: z.number().int().nonnegative().optional(),
  maxItems: z.number().int().nonnegative().optional(),
  minLength: z.number().int().nonnegative().optional(),
  maxLength: z.number().int().nonnegative().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  get properties() {
    return z.record(z.string(), variableShape).optional();
  },
  get items() {
    return variableShape.optional();
  },
  get additionalProperties() {
    return z.union([z.boolean(), variableShape]).optional();
  },
});

export const packVariable = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, fieldRules.small_with_underscore),
  type: variableType,
  required: z.boolean(),
  description: z.string().min(1),
  /** An example value; the pack renders with it. */
  sample: z.unknown(),
  /** Beyond `type`: items, properties, allowed values. */
  schema: variableShape.optional(),
});
export type PackVariable = z.infer<typeof packVariable>;

/** `pack.json`, beside `system.md`, `template.md`, `output.schema.json` and `samples/`. */
export const packFile = z.strictObject({
  /** The version of this file format; the panel writes it, and without it the first version is meant. */
  format: z.literal(1).optional(),
  module: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, fieldRules.small_with_underscore),
  title: z.string().min(1),
  version: z.string().regex(/^\d+\.\d+\.\d+$/, fieldRules.version),
  description: z.string(),
  tags: z.array(z.string()),
  /** Defaults, which rank below the preset's options and the caller's `params`. */
  options: generationOptions,
  variables: z.array(packVariable),
  /** The variable whose `{ role, content }` items become separate turns before the last message. */
  turns: z.string().optional(),
  /** The module whose presets send it, for a pack that is not a module itself. */
  presets_of: z.string().optional(),
  /** A list variable of `id|text`: an offline reply has each of them as `id|~text~` in `lines`. */
  mock_lines: z.string().optional(),
  checks: z.array(packCheck),
});
export type PackFile = z.infer<typeof packFile>;

/** `samples/<name>.json`: variables, and a reply that matches the schema and passes every check. */
export const packSampleFile = z.strictObject({
  title: z.string().min(1),
  variables: z.record(z.string(), z.unknown()),
  reply: z.unknown().optional(),
});
export type PackSampleFile = z.infer<typeof packSampleFile>;

export const packSource = z.enum(['built-in', 'user']);
export type PackSource = z.infer<typeof packSource>;

/** An entry in the list of packs. */
export const packSummary = z.object({
  ...packFile.pick({ module: true, title: true, version: true, description: true, tags: true }).shape,
  source: packSource,
});
export type PackSummary = z.infer<typeof packSummary>;

/** A pack as the API returns it; `schema` is null if the reply is free text. */
export const packView = z.object({
  ...packFile.omit({ format: true }).shape,
  system: z.string(),
  template: z.string(),
  schema: jsonSchema.nullable(),
  samples: z.array(z.object({ name: z.string(), ...packSampleFile.shape })),
  source: packSource,
});
export type PackView = z.infer<typeof packView>;

/**
 * Renders a pack. The chat fields apply if `send` is true; `params` and `schema` also affect the rendering.
 */
export const packRequest = z.strictObject({
  ...chatRequest.omit({ messages: true }).shape,
  module: z.string(),
  variables: z.record(z.string(), z.unknown()).optional(),
  send: z.boolean().optional(),
});
export type PackRequest = z.infer<typeof packRequest>;

export const renderedPack = z.object({
  module: z.string(),
  source: packSource,
  messages: z.array(message),
  schema: jsonSchema.nullable(),
  options: generationOptions,
});
export type RenderedPack = z.infer<typeof renderedPack>;

/** A chat's answer with the results of the pack's checks. */
export const packAnswer = z.object({ ...chatAnswer.shape, checks: z.array(checkResult) });
export type PackAnswer = z.infer<typeof packAnswer>;
