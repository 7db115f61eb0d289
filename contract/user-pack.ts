import { z } from 'zod';
import { fieldRules } from './field-rules.ts';
import { textDetail } from './coded-texts.ts';
import { message } from './chat.ts';
import { jsonSchema } from './module-preset.ts';
import { packFile, packSampleFile, packSource, packSummary } from './prompt-pack.ts';

/** Maximum samples in a user's pack. */
export const maxSamples = 20;
const maxText = 256 * 1024;

/** The name of a sample's file, without `.json`: valid on every file system, and never a path. */
export const sampleName = z
  .string()
  .regex(/^[\p{L}\p{N}_](?:[\p{L}\p{N}_ .-]{0,62}[\p{L}\p{N}_-])?$/u, fieldRules.sample_name);

/** A pack's folder as data: `schema` is its `output.schema.json`, `samples` are keyed by file name. */
export const packContent = z.strictObject({
  pack: packFile,
  system: z.string().max(maxText),
  template: z.string().max(maxText),
  schema: jsonSchema,
  samples: z.record(sampleName, packSampleFile),
});
export type PackContent = z.infer<typeof packContent>;

/** A pack while it is being edited: any part may be invalid, and `schema` is the text being typed. */
export const editedPack = z.strictObject({
  pack: z.record(z.string(), z.unknown()),
  system: z.string().max(maxText),
  template: z.string().max(maxText),
  schema: z.union([z.string().max(maxText), jsonSchema]),
  samples: z.record(z.string(), z.unknown()).default({}),
});
export type EditedPack = z.infer<typeof editedPack>;

/** A problem, with the pack's file (`values` for the variables' values) and the place in it. */
export const packProblem = z.object({
  file: z.string(),
  /** In JSON: `variables[0].sample`, or a pointer into a schema. */
  path: z.string(),
  message: z.string(),
  /** The same by `file_problem` in `coded-texts.ts`. */
  message_detail: textDetail.optional(),
  /** From 1. */
  line: z.number().optional(),
  column: z.number().optional(),
});
export type PackProblem = z.infer<typeof packProblem>;

/** Where a template reads a variable; lines and columns from 1. */
export const packUse = z.object({ name: z.string(), file: z.string(), line: z.number(), column: z.number() });
export type PackUse = z.infer<typeof packUse>;

/** An edited pack, rendered as far as possible. */
export const packPreview = z.object({
  /** null if it cannot be rendered; `problems` says why. */
  messages: z.array(message).nullable(),
  /** An estimate for the messages only; schema and tools depend on the call. */
  tokens: z.number().nullable(),
  counted_by: z.string().nullable(),
  /** The output schema merged over the module's; null for free text, and while it is invalid. */
  schema: jsonSchema.nullable(),
  problems: z.array(packProblem),
  uses: z.array(packUse),
});
export type PackPreview = z.infer<typeof packPreview>;

/** An earlier version of a pack that was overwritten. */
export const packVersion = z.object({ id: z.string(), at: z.iso.datetime(), bytes: z.number() });
export type PackVersion = z.infer<typeof packVersion>;

/** Everything that an editor needs at the start. */
export const packForEditing = z.object({
  module: z.string(),
  source: packSource,
  /** The folder of its files; null for a built-in pack. */
  folder: z.string().nullable(),
  content: editedPack,
  /** Why it cannot be used; the built-in one is used instead, if there is one. */
  problems: z.array(packProblem),
  /** Latest first. */
  versions: z.array(packVersion),
});
export type PackForEditing = z.infer<typeof packForEditing>;

/** The user's own pack, including one that cannot be used. */
export const ownPack = z.object({
  module: z.string(),
  folder: z.string(),
  /** null if the files cannot be read as a pack; `problem` says why. */
  summary: packSummary.nullable(),
  problem: z.string().nullable(),
});
