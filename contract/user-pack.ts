import { z } from 'zod';
import { message } from './chat.ts';
import { jsonSchema } from './module-preset.ts';
import { packFile, packSampleFile, packSource, packSummary } from './prompt-pack.ts';

/** The most samples a pack of the user's has. */
export const maxSamples = 20;
const maxText = 256 * 1024;

/** A sample's file is called that, with `.json`: a word on every disk, and never a path. */
export const sampleName = z
  .string()
  .regex(/^[\p{L}\p{N}_](?:[\p{L}\p{N}_ .-]{0,62}[\p{L}\p{N}_-])?$/u, 'letters, digits, "_", "-", spaces');

/** A pack's folder as data: `schema` is its `output.schema.json` as it stands there, `samples` go by file name. */
export const packContent = z.strictObject({
  pack: packFile,
  system: z.string().max(maxText),
  template: z.string().max(maxText),
  schema: jsonSchema,
  samples: z.record(sampleName, packSampleFile),
});
export type PackContent = z.infer<typeof packContent>;

/** The same in somebody's hands: anything of it can be wrong, and `schema` is a text while it is typed. */
export const editedPack = z.strictObject({
  pack: z.record(z.string(), z.unknown()),
  system: z.string().max(maxText),
  template: z.string().max(maxText),
  schema: z.union([z.string().max(maxText), jsonSchema]),
  samples: z.record(z.string(), z.unknown()).default({}),
});
export type EditedPack = z.infer<typeof editedPack>;

/** What is wrong, in which of the pack's files (`values` for what it was to be filled with), and where in it. */
export const packProblem = z.object({
  file: z.string(),
  /** In JSON: `variables[0].sample`, or a pointer into a schema. */
  path: z.string(),
  message: z.string(),
  /** From 1. */
  line: z.number().optional(),
  column: z.number().optional(),
});
export type PackProblem = z.infer<typeof packProblem>;

/** A place where a template reads a variable; lines and columns from 1. */
export const packUse = z.object({ name: z.string(), file: z.string(), line: z.number(), column: z.number() });
export type PackUse = z.infer<typeof packUse>;

/** An edited pack filled in, as far as it goes. */
export const packPreview = z.object({
  /** null where it cannot be filled in; `problems` says why. */
  messages: z.array(message).nullable(),
  /** An estimate for the messages alone: schema and tools are the call's. */
  tokens: z.number().nullable(),
  counted_by: z.string().nullable(),
  /** The output schema over the module's; null for free text, and while it is broken. */
  schema: jsonSchema.nullable(),
  problems: z.array(packProblem),
  uses: z.array(packUse),
});
export type PackPreview = z.infer<typeof packPreview>;

/** An earlier state of a pack that was saved over. */
export const packVersion = z.object({ id: z.string(), at: z.iso.datetime(), bytes: z.number() });
export type PackVersion = z.infer<typeof packVersion>;

/** Everything an editor starts from. */
export const packForEditing = z.object({
  module: z.string(),
  source: packSource,
  /** Where its files are; null for one that ships. */
  folder: z.string().nullable(),
  content: editedPack,
  /** Why it cannot be used as it is; the built-in one then serves, where there is one. */
  problems: z.array(packProblem),
  /** The latest first. */
  versions: z.array(packVersion),
});
export type PackForEditing = z.infer<typeof packForEditing>;

/** A pack of the user's own, also one that cannot be used. */
export const ownPack = z.object({
  module: z.string(),
  folder: z.string(),
  /** null where the files cannot be read as a pack; `problem` says why. */
  summary: packSummary.nullable(),
  problem: z.string().nullable(),
});
