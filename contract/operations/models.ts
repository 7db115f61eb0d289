import { z } from 'zod';
import { maxListedModels, modelSync } from '../model-sync.ts';
import { change } from '../user-preset.ts';
import { operation } from './define.ts';

const touched = ['registry.get', 'providers.get', 'presets.list', 'openai.models'];
const provider = z.string().min(1);
const warnings = z.array(z.string());

const keep = z.strictObject({
  provider,
  /** Ids of the last `models.sync`. */
  accept: z.union([
    z.literal('all'),
    z
      .array(z.string())
      .min(1)
      .max(2 * maxListedModels),
  ]),
});

const kept = z.object({
  provider: z.string(),
  file: z.string(),
  kept: z.number().int(),
  /** Taken back by `providers.undo`; null where nothing differed. */
  change: change.nullable(),
  warnings,
});

export const modelOperations = {
  /** One free request for the provider's own list; a command, since it goes out. Nothing is kept by it. */
  'models.sync': operation('command', z.strictObject({ provider }), modelSync),
  'models.keep': operation('command', keep, kept, touched),
  'models.forget': operation(
    'command',
    z.strictObject({ provider }),
    z.object({ provider: z.string(), trashed: z.string(), change, warnings }),
    touched,
  ),
};
