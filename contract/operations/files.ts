import { z } from 'zod';
import { noticeFields } from '../coded-texts.ts';
import { brokenFile } from '../user-file.ts';
import { change } from '../user-preset.ts';
import { operation } from './define.ts';

const which = z.strictObject({ file: z.string() });

/** Every query whose answer a user's file can change. */
const everything = [
  'files.broken',
  'changes.list',
  'registry.get',
  'settings.get',
  'budget.get',
  'presets.list',
  'providers.get',
  'packs.list',
  'packs.get',
  'packs.library',
  'packs.source',
  'keys.list',
];

const mended = z.object({
  /** The copy of the original file; null if there was none. */
  copy: z.string().nullable(),
  change,
});

export const fileOperations = {
  /** Every user file that cannot be used as it is, with all its problems. */
  'files.broken': operation(
    'query',
    z.strictObject({}),
    z.object({ files: z.array(brokenFile), opens_files: z.boolean() }),
  ),
  /** Makes the edits listed by `files.broken`, after copying the original file beside it. */
  'files.repair': operation('command', which, mended, everything),
  /** Restores a file's last valid version, after copying the original file beside it. */
  'files.restore': operation('command', which, mended, everything),
  /** Opens a broken file in the system's editor, at its line where the editor supports that. */
  'files.open': operation(
    'command',
    z.strictObject({ file: z.string(), line: z.number().int().positive().optional() }),
    z.object({}),
  ),
  /** Changes that can be undone, latest first. */
  'changes.list': operation('query', z.strictObject({}), z.object({ changes: z.array(change) })),
  /** Undoes one change of any kind, by default the latest. */
  'changes.undo': operation(
    'command',
    z.strictObject({ change: z.string().optional() }),
    z.object({ undone: change, ...noticeFields }),
    everything,
  ),
};
