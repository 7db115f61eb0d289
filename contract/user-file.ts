import { z } from 'zod';

/** What a file of the user's holds. `variable` is no file: an environment variable with a limit in it. */
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

/** One thing wrong with a file; lines and columns from 1, null where the whole file is meant. */
export const fileProblem = z.object({
  /** Where in the JSON: `models[0].id`; empty for the whole. */
  path: z.string(),
  message: z.string(),
  line: z.number().nullable(),
  column: z.number().nullable(),
});
export type FileProblem = z.infer<typeof fileProblem>;

/** One edit that a repair makes: the JSON's own signs, a field's name, or a value. Never a text that may be a key. */
export const fileRepair = z.object({
  what: z.enum(['syntax', 'rename', 'value']),
  line: z.number(),
  from: z.string().optional(),
  to: z.string().optional(),
});
export type FileRepair = z.infer<typeof fileRepair>;

export const brokenFile = z.object({
  /** Absolute path; a variable's name. */
  file: z.string(),
  /** The same from the data folder on, for people. */
  shown: z.string(),
  kind: userFileKind,
  problems: z.array(fileProblem).min(1),
  /** What holds meanwhile: nothing of the file, the rest of it with defaults, or what was last read of it. */
  effect: z.enum(['left_out', 'defaults', 'last_read']),
  /** What Repair would change, so that nothing is wrong any more; null where no such repair is known. */
  repair: z.array(fileRepair).nullable(),
  /** When the file was last whole, of which there is a copy; null without one. */
  last_good: z.string().nullable(),
});
export type BrokenFile = z.infer<typeof brokenFile>;
