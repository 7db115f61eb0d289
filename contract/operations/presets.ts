import { z } from 'zod';
import { noticeFields } from '../coded-texts.ts';
import {
  change,
  importItem,
  leftOut,
  modulePresets,
  presetDocument,
  presetForms,
  presetId,
  presetSettings,
} from '../user-preset.ts';
import { presetCheck } from '../preset-check.ts';
import { sillyTavernImport, sillyTavernImported } from '../sillytavern.ts';
import { operation } from './define.ts';

const touched = ['presets.list', 'registry.get'];
const target = { module: z.string(), id: z.string() };

const changed = z.object({ preset: presetForms, change: change.nullable(), ...noticeFields });
const gone = z.object({ change: change.nullable(), ...noticeFields });

const newPreset = z.strictObject({
  ...presetSettings.shape,
  /** Derived from the model's name if absent. */
  id: presetId.optional(),
  options: presetSettings.shape.options.default({}),
  notes: z.string().default(''),
});

const update = z.strictObject({
  ...target,
  /** Each given field replaces the whole field. */
  set: presetSettings.partial().default({}),
  /** Resets to the module's own schema, or to no options. */
  unset: z.array(z.enum(['schema', 'provider_options'])).default([]),
  /** A new id, for the user's own preset. */
  rename: presetId.optional(),
});

const exportInput = z.discriminatedUnion('scope', [
  z.strictObject({ scope: z.literal('preset'), ...target }),
  z.strictObject({ scope: z.literal('module'), module: z.string() }),
  z.strictObject({ scope: z.literal('everything') }),
]);

export const exported = z.object({
  document: presetDocument,
  /** The document as the file's text. */
  text: z.string(),
  file_name: z.string(),
  left_out: z.array(leftOut),
  ...noticeFields,
});

export const importInput = z.strictObject({
  /** The file's text, or its parsed content. */
  document: z.union([z.string(), z.record(z.string(), z.unknown())]),
  mode: z.enum(['preview', 'apply']),
  /** Without it, a single refused item prevents the whole import. */
  skip_refused: z.boolean().optional(),
});

export const imported = z.object({
  applied: z.boolean(),
  items: z.array(importItem),
  change: change.nullable(),
  ...noticeFields,
});

/** A document can contain presets, providers and prompt packs. */
export const importTouches = [
  ...touched,
  'providers.get',
  'packs.list',
  'packs.get',
  'packs.library',
  'packs.source',
];

export const presetOperations = {
  'presets.list': operation('query', z.strictObject({ module: z.string() }), modulePresets),
  /** What a call with these settings would become; nothing is sent, saved or logged. */
  'presets.check': operation(
    'query',
    z.strictObject({ module: z.string(), settings: presetSettings }),
    presetCheck,
  ),
  'presets.create': operation(
    'command',
    z.strictObject({ module: z.string(), preset: newPreset }),
    changed,
    touched,
  ),
  'presets.update': operation('command', update, changed, touched),
  'presets.duplicate': operation(
    'command',
    z.strictObject({ ...target, as: presetId.optional(), to: z.string().optional() }),
    changed,
    touched,
  ),
  'presets.activate': operation(
    'command',
    z.strictObject({ ...target, id: z.string().nullable() }),
    gone,
    touched,
  ),
  'presets.reset': operation('command', z.strictObject(target), changed, touched),
  'presets.remove': operation('command', z.strictObject(target), gone, touched),
  'presets.undo': operation(
    'command',
    z.strictObject({ change: z.string().optional() }),
    z.object({ undone: change, ...noticeFields }),
    importTouches,
  ),
  'presets.export': operation('query', exportInput, exported),
  'presets.import': operation('command', importInput, imported, importTouches),
  'sillytavern.import': operation('command', sillyTavernImport, sillyTavernImported, [
    ...importTouches,
    'emulation.status',
  ]),
};
