import { z } from 'zod';
import { brokenFile } from '../user-file.ts';
import { change } from '../user-preset.ts';
import { operation } from './define.ts';

const warnings = z.array(z.string());
const which = z.strictObject({ file: z.string() });

/** Every query whose answer a file of the user's can change. */
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
  /** The copy of the file as it was; null where there was none. */
  copy: z.string().nullable(),
  change,
});

export const fileOperations = {
  /** Every file of the user's that cannot be used as it is, each with all that is wrong with it. */
  'files.broken': operation(
    'query',
    z.strictObject({}),
    z.object({ files: z.array(brokenFile), opens_files: z.boolean() }),
  ),
  /** Makes the edits that `files.broken` lists. The file as it was is copied beside it first. */
  'files.repair': operation('command', which, mended, everything),
  /** Puts back what was last good of a file. The file as it was is copied beside it first. */
  'files.restore': operation('command', which, mended, everything),
  /** Opens a broken file in the system's editor, at its line where the editor supports that. */
  'files.open': operation(
    'command',
    z.strictObject({ file: z.string(), line: z.number().int().positive().optional() }),
    z.object({}),
  ),
  /** What can be undone, the latest first. */
  'changes.list': operation('query', z.strictObject({}), z.object({ changes: z.array(change) })),
  /** Undoes one change, by default the latest, whatever it was made to. */
  'changes.undo': operation(
    'command',
    z.strictObject({ change: z.string().optional() }),
    z.object({ undone: change, warnings }),
    everything,
  ),
};
