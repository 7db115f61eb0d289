import { z } from 'zod';
import { noticeFields } from '../coded-texts.ts';
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

const moduleName = packFile.shape.module;
const touched = ['packs.list', 'packs.get', 'packs.library', 'packs.source'];

/** A module may have a built-in pack and the user's own; without `source` the one in use is meant. */
const which = { module: z.string(), source: packSource.optional() };

/** `warnings` name each user pack that could not be used: file, position, reason. */
const packList = z.object({ packs: z.array(packSummary), ...noticeFields });

const written = z.object({
  module: z.string(),
  folder: z.string(),
  /** null if nothing changed. */
  change: change.nullable(),
  ...noticeFields,
});

const library = z.object({
  built_in: z.array(
    z.object({
      ...packSummary.shape,
      /** True if the user's own pack is used instead. */
      overridden: z.boolean(),
    }),
  ),
  mine: z.array(ownPack),
  /** Changes that can be undone, latest first. */
  changes: z.array(change),
});

export const promptPackOperations = {
  'packs.list': operation('query', z.strictObject({}), packList),
  'packs.get': operation('query', z.strictObject({ module: z.string() }), packView),
  'packs.run': operation('command', packRequest, z.union([renderedPack, dryRunAnswer, packAnswer])),
  /** As `chat.preview`, for a rendered pack. */
  'packs.plan': operation('query', packRequest, dryRunAnswer),
  'packs.stream': operation('stream', packRequest, packAnswer),
  /** Built-in and own packs, including those that are not in use. */
  'packs.library': operation('query', z.strictObject({}), library),
  'packs.source': operation('query', z.strictObject(which), packForEditing),
  'packs.version': operation(
    'query',
    z.strictObject({ module: z.string(), id: z.string() }),
    z.object({ ...packVersion.shape, content: packContent }),
  ),
  /** Writes and sends nothing. Without `variables` the pack is rendered with its own samples. */
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
  /** Creates or replaces the user's own pack. A pack that no call could use is refused with every problem. */
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
    z.object({ change, ...noticeFields }),
    touched,
  ),
  'packs.undo': operation(
    'command',
    z.strictObject({ change: z.string().optional() }),
    z.object({ undone: change, ...noticeFields }),
    importTouches,
  ),
  'packs.export': operation('query', z.strictObject(which), exported),
  'packs.import': operation('command', importInput, imported, importTouches),
};
