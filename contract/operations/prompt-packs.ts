import { z } from 'zod';
import { dryRunAnswer } from '../chat.ts';
import {
  packAnswer,
  packFile,
  packRequest,
  packSource,
  packSummary,
  packView,
  renderedPack,
} from '../prompt-pack.ts';
import { editedPack, ownPack, packContent, packForEditing, packPreview, packVersion } from '../user-pack.ts';
import { change } from '../user-preset.ts';
import { operation } from './define.ts';
import { exported, imported, importInput, importTouches } from './presets.ts';

const warnings = z.array(z.string());
const moduleName = packFile.shape.module;
const touched = ['packs.list', 'packs.get', 'packs.library', 'packs.source'];

/** Of which a built-in one and one of the user's can be there; without `source` the one in use is meant. */
const which = { module: z.string(), source: packSource.optional() };

/** `warnings` name each user pack that could not be used: file, place in it, reason. */
const packList = z.object({ packs: z.array(packSummary), warnings });

const written = z.object({
  module: z.string(),
  folder: z.string(),
  /** null where all was so already. */
  change: change.nullable(),
  warnings,
});

const library = z.object({
  built_in: z.array(
    z.object({
      ...packSummary.shape,
      /** One of the user's serves in its place. */
      overridden: z.boolean(),
    }),
  ),
  mine: z.array(ownPack),
  /** What can be undone, the latest first. */
  changes: z.array(change),
});

export const promptPackOperations = {
  'packs.list': operation('query', z.strictObject({}), packList),
  'packs.get': operation('query', z.strictObject({ module: z.string() }), packView),
  'packs.run': operation('command', packRequest, z.union([renderedPack, dryRunAnswer, packAnswer])),
  /** As `chat.preview`, of the pack filled in. */
  'packs.plan': operation('query', packRequest, dryRunAnswer),
  'packs.stream': operation('stream', packRequest, packAnswer),
  /** Built-in and own packs side by side, also those that are not in use. */
  'packs.library': operation('query', z.strictObject({}), library),
  'packs.source': operation('query', z.strictObject(which), packForEditing),
  'packs.version': operation(
    'query',
    z.strictObject({ module: z.string(), id: z.string() }),
    z.object({ ...packVersion.shape, content: packContent }),
  ),
  /** Nothing is written and nothing is sent. Without `variables` the pack's own samples fill it in. */
  'packs.preview': operation(
    'query',
    z.strictObject({ content: editedPack, variables: z.record(z.string(), z.unknown()).optional() }),
    packPreview,
  ),
  'packs.create': operation(
    'command',
    z.strictObject({ module: moduleName, title: z.string().min(1).optional() }),
    written,
    touched,
  ),
  /** Writes a pack of the user's own, new or anew. What no call could use is refused with every place. */
  'packs.save': operation('command', z.strictObject({ content: editedPack }), written, touched),
  'packs.duplicate': operation(
    'command',
    z.strictObject({ ...which, to: moduleName.optional() }),
    written,
    touched,
  ),
  'packs.remove': operation(
    'command',
    z.strictObject({ module: z.string() }),
    z.object({ change, warnings }),
    touched,
  ),
  'packs.undo': operation(
    'command',
    z.strictObject({ change: z.string().optional() }),
    z.object({ undone: change, warnings }),
    importTouches,
  ),
  'packs.export': operation('query', z.strictObject(which), exported),
  'packs.import': operation('command', importInput, imported, importTouches),
};
