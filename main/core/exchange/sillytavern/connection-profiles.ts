import type { LeftOutPart } from '../../../../contract/sillytavern.ts';
import { codedText } from '../../lib/coded-text.ts';
import { isObject, type JsonObject } from '../../lib/json.ts';
import type { Registry } from '../../registry/build-registry.ts';
import type { ReadPreset } from './chat-preset.ts';
import { addressOfProvider, Fields, idOf } from './fields.ts';
import { targetOf } from './providers.ts';

export const noProfile = codedText(
  'import_note',
  'no_profile',
  {},
  'it is no connection profile: `api` and `mode` are missing',
);

/** More than anyone has. */
export const maxProfiles = 200;

const isProfile = (value: unknown): value is JsonObject =>
  isObject(value) && typeof value['api'] === 'string' && (value['mode'] === 'cc' || value['mode'] === 'tc');

/**
 * The profiles in a file: a single one, a list, or those in SillyTavern's `settings.json`. Null if there are
 * none.
 */
export function profilesIn(value: unknown): unknown[] | null {
  if (isProfile(value)) return [value];
  if (Array.isArray(value)) return value.some(isProfile) ? value : null;
  if (!isObject(value)) return null;
  const extensions = isObject(value['extension_settings']) ? value['extension_settings'] : {};
  const manager = isObject(extensions['connectionManager']) ? extensions['connectionManager'] : value;
  const { profiles } = manager;
  return Array.isArray(profiles) ? profiles : null;
}

const textFields = ['instruct', 'context', 'sysprompt', 'tokenizer', 'start-reply-with', 'stop-strings'];

/** One connection profile: its service and its model. Its secret is only an id, and is not read. */
export function readProfile(
  value: unknown,
  index: number,
  registry: Registry,
  leftOut: LeftOutPart[],
): ReadPreset {
  const path = `profiles[${index}]`;
  if (!isProfile(value)) {
    return { id: path, target: { problem: noProfile }, preset: null, refused: noProfile };
  }
  const fields = new Fields(value, path, leftOut);
  const name = fields.text('name') || fields.text('id') || `profile ${index + 1}`;
  const id = idOf('st', name);
  const target = targetOf(fields.text('api'), fields.text('api-url'), registry);
  const model = fields.text('model');
  fields.leaveAll(
    ['secret-id'],
    codedText('import_left_out', 'keys', {}, 'keys are never imported: save the key at the provider'),
  );
  fields.leaveAll(
    ['preset'],
    codedText(
      'import_left_out',
      'other_preset',
      {},
      'the profile only names it: import that preset’s own file',
    ),
  );
  fields.leaveAll(['proxy'], addressOfProvider);
  fields.leaveAll(
    textFields,
    codedText('import_left_out', 'own_prompt', {}, 'it shapes SillyTavern’s own prompt'),
  );
  const noModel =
    model === '' ? codedText('import_note', 'no_model', { source: null }, 'it names no model') : undefined;
  const refused = 'problem' in target ? target.problem : noModel;
  if (refused !== undefined || 'problem' in target) return { id, target, preset: null, refused };
  const notes = `Imported from SillyTavern: ${name}`.slice(0, 300);
  return { id, target, refused, preset: { id, provider: target.provider, model, options: {}, notes } };
}
