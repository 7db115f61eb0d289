import { z } from 'zod';
import { textDetail } from './coded-texts.ts';

/** The kind of a user's file. `variable` is not a file: an environment variable with a limit. */
export const userFileKind = z.enum([
  'settings',
  'features',
  'provider',
  'presets',
  'model_facts',
  'prompt_pack',
  'comfyvn_registry',
  'variable',
]);
export type UserFileKind = z.infer<typeof userFileKind>;

/** One problem in a file; lines and columns from 1, null if it concerns the whole file. */
export const fileProblem = z.object({
  /** The path in the JSON: `models[0].id`; empty for the whole file. */
  path: z.string(),
  message: z.string(),
  /** The same by `file_problem` in `coded-texts.ts`. */
  message_detail: textDetail.optional(),
  line: z.number().nullable(),
  column: z.number().nullable(),
});
export type FileProblem = z.infer<typeof fileProblem>;

/** One edit of a repair: JSON punctuation, a field's name, or a value. Never a text that may be a key. */
export const fileRepair = z.object({
  what: z.enum(['syntax', 'rename', 'value']),
  line: z.number(),
  from: z.string().optional(),
  to: z.string().optional(),
});
export type FileRepair = z.infer<typeof fileRepair>;

export const brokenFile = z.object({
  /** Absolute path, or a variable's name. */
  file: z.string(),
  /** The path relative to the data folder, for display. */
  shown: z.string(),
  kind: userFileKind,
  problems: z.array(fileProblem).min(1),
  /**
   * What is used meanwhile: nothing of the file, its valid fields with defaults, or its last valid content.
   */
  effect: z.enum(['left_out', 'defaults', 'last_read']),
  /** The edits of a repair that fixes every problem; null if none is known. */
  repair: z.array(fileRepair).nullable(),
  /** When the copied last valid version was saved; null without a copy. */
  last_good: z.string().nullable(),
});
export type BrokenFile = z.infer<typeof brokenFile>;
