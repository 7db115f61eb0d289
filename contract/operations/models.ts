import { z } from 'zod';
import { noticeFields } from '../coded-texts.ts';
import { catalogueItem, maxListedModels, modelSync, newsReport } from '../model-sync.ts';
import { change } from '../user-preset.ts';
import { operation } from './define.ts';
import { localModels, localServers } from '../local-servers.ts';

const touched = ['registry.get', 'providers.get', 'presets.list', 'openai.models'];
const provider = z.string().min(1);

const keep = z.strictObject({
  provider,
  /** Ids from the last `models.sync`. */
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
  /** Can be undone with `providers.undo`; null if nothing differed. */
  change: change.nullable(),
  ...noticeFields,
});

const catalogueImport = z.strictObject({
  /** The file's text, or its parsed content. */
  document: z.union([z.string(), z.record(z.string(), z.unknown())]),
  mode: z.enum(['preview', 'apply']),
  /**
   * Models, as `provider/id`, whose lower price is confirmed, because an estimate that is too low leads to a
   * surprising bill.
   */
  lower_prices: z.array(z.string()).max(maxListedModels).default([]),
});

const catalogueImported = z.object({
  source: z.string(),
  as_of: z.string(),
  items: z.array(catalogueItem),
  /** Models written; 0 for a preview. */
  kept: z.number().int(),
  /** Can be undone with `providers.undo`. */
  change: change.nullable(),
  ...noticeFields,
});

export const modelOperations = {
  /** One free request for the provider's own list. A command because it sends requests; nothing is stored. */
  'models.sync': operation('command', z.strictObject({ provider }), modelSync),
  /** Fetches the lists of every provider that is enabled and has its key, in parallel. Nothing is stored. */
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
    z.object({ provider: z.string(), trashed: z.string(), change, ...noticeFields }),
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
