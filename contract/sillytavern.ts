import { z } from 'zod';
import { noticeFields, textDetail } from './coded-texts.ts';
import { change, importItem, leftOut } from './user-preset.ts';

/** The kind of a SillyTavern file; `unknown` if nothing in it can be used. */
export const sillyTavernKind = z.enum([
  'chat_preset',
  'connection_profiles',
  'settings',
  'character_card',
  'unknown',
]);
export type SillyTavernKind = z.infer<typeof sillyTavernKind>;

/** Maximum file size in bytes. */
export const maxSillyTavernBytes = 32 * 1024 * 1024;

export const sillyTavernImport = z.strictObject({
  /** The file's bytes in base64. */
  file: z.base64().max(Math.ceil(maxSillyTavernBytes / 3) * 4),
  /** Names the import, because SillyTavern stores a preset's name only in its file name. */
  file_name: z.string().min(1).max(255),
  mode: z.enum(['preview', 'apply']),
  /** The module for presets. */
  module: z.string().default('vn_chat'),
  /** Without it, a single refused item prevents the whole import. */
  skip_refused: z.boolean().optional(),
});
export type SillyTavernImport = z.infer<typeof sillyTavernImport>;

/** A part that is not imported, with the reason, also as a code of `import_left_out` in `coded-texts.ts`. */
const leftOutPart = leftOut.extend({ reason_detail: textDetail.optional() });
export type LeftOutPart = z.infer<typeof leftOutPart>;

export const sillyTavernImported = z.object({
  kind: sillyTavernKind,
  applied: z.boolean(),
  items: z.array(importItem),
  /** Parts of the file that are not imported, each with the reason. Their values are not repeated. */
  left_out: z.array(leftOutPart),
  change: change.nullable(),
  ...noticeFields,
});
export type SillyTavernImported = z.infer<typeof sillyTavernImported>;
