import { z } from 'zod';
import { catalogueItem, maxListedModels, modelSync, newsReport } from '../model-sync.ts';
import { change } from '../user-preset.ts';
import { operation } from './define.ts';
import { localModels, localServers } from '../local-servers.ts';

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

const keepResult = z.object({
  provider: z.string(),
  file: z.string(),
  kept: z.number().int(),
  /** Undone by `providers.undo`; null where nothing differed. */
  change: change.nullable(),
  warnings,
});

const catalogueImport = z.strictObject({
  /** The file's text, or what it says. */
  document: z.union([z.string(), z.record(z.string(), z.unknown())]),
  mode: z.enum(['preview', 'apply']),
  /** Models, as `provider/id`, whose lower price is confirmed: an estimate that is too low is a surprise on the bill. */
  lower_prices: z.array(z.string()).max(maxListedModels).default([]),
});

const catalogueImported = z.object({
  source: z.string(),
  as_of: z.string(),
  items: z.array(catalogueItem),
  /** Models written; 0 for a preview. */
  kept: z.number().int(),
  /** Undone by `providers.undo`. */
  change: change.nullable(),
  warnings,
});

export const modelOperations = {
  /** One free request for the provider's own list; a command, since it goes out. Nothing is kept by it. */
  'models.sync': operation('command', z.strictObject({ provider }), modelSync),
  /** The lists of every provider that is on and has its key, asked for side by side. Nothing is kept by it. */
  'models.news': operation(
    'command',
    z.strictObject({ providers: z.array(provider).optional() }),
    newsReport,
    ['registry.get'],
  ),
  'models.import': operation('command', catalogueImport, catalogueImported, touched),
  'models.keep': operation('command', keep, keepResult, touched),
  'models.forget': operation(
    'command',
    z.strictObject({ provider }),
    z.object({ provider: z.string(), trashed: z.string(), change, warnings }),
    touched,
  ),
};

export const localOperations = {
  /** Asks loopback addresses only, one second each; a command, since it goes out. Nothing is changed by it. */
  'local.find': operation('command', z.strictObject({}), localServers),
  /**
   * Asks one local provider or runtime adapter for its models, three seconds at most; a command, since it goes out.
   * A server that does not answer is a status and no error.
   */
  'local.models': operation('command', z.strictObject({ provider: z.string() }), localModels),
};
