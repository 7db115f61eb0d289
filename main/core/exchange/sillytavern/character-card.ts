import type { PersonaUpdate } from '../../../../contract/emulation.ts';
import type { LeftOutPart } from '../../../../contract/sillytavern.ts';
import { AppError } from '../../lib/app-error.ts';
import { codedText } from '../../lib/coded-text.ts';
import { isObject, parseUntrusted, type JsonObject } from '../../lib/json.ts';
import { dataOfExtensions, Fields } from './fields.ts';
import { pngTexts } from './png-text.ts';

const specs: ReadonlySet<unknown> = new Set(['chara_card_v2', 'chara_card_v3']);

/** V2 and V3 name themselves; V1 has its texts at the top level. */
export function isCard(value: JsonObject): boolean {
  if (specs.has(value['spec'])) return true;
  const texts = ['first_mes', 'description', 'personality', 'mes_example', 'scenario'];
  return typeof value['name'] === 'string' && texts.some((name) => typeof value[name] === 'string');
}

/**
 * The card in an image: `ccv3` takes precedence over `chara`; each is base64 of JSON in UTF-8. Source: the
 * specifications of character cards V2 (malfoyslastname) and V3 (kwaroran)
 * @throws AppError `file_unreadable`
 */
export function cardInPng(bytes: Buffer): unknown {
  const texts = pngTexts(bytes, ['ccv3', 'chara']);
  const text = texts.get('ccv3') ?? texts.get('chara');
  if (text === undefined) throw new AppError('file_unreadable', 'the picture holds no character card');
  return parseUntrusted(/^\s*\{/.test(text) ? text : fromBase64(text));
}

function fromBase64(text: string): string {
  if (!/^[A-Za-z0-9+/=\s]+$/.test(text))
    throw new AppError('file_unreadable', 'the card in the picture is no base64');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'base64'));
  } catch {
    throw new AppError('file_unreadable', 'the card in the picture is no UTF-8');
  }
}

/** The texts of a card, with their order and titles in the persona's prompt. */
const parts: readonly [field: string, title: string][] = [
  ['system_prompt', 'Instructions'],
  ['description', 'Who this is'],
  ['personality', 'Personality'],
  ['scenario', 'The scene'],
  ['mes_example', 'Examples of how this person talks'],
  ['post_history_instructions', 'Always'],
  ['first_mes', 'Already said, to open the talk'],
];

/** Replaces SillyTavern's placeholders by names. */
const filled = (text: string, name: string) =>
  text
    .replace(/\{\{\s*(char|bot)\s*\}\}|<(BOT|CHAR)>/gi, () => name)
    .replace(/\{\{\s*user\s*\}\}|<USER>/gi, 'the other')
    .replace(/\{\{\s*original\s*\}\}/gi, '')
    .replace(/\{\{\/\/.*?\}\}/gs, '');

/**
 * Converts a card to a persona, with its texts as style guides.
 * @throws AppError `file_unreadable` for one without a name or without any text
 */
export function readCard(card: JsonObject, leftOut: LeftOutPart[]): PersonaUpdate {
  const isNested = specs.has(card['spec']) && isObject(card['data']);
  const fields = new Fields(isNested ? (card['data'] as JsonObject) : card, isNested ? 'data' : '', leftOut);
  const name = fields.text('name').slice(0, 100);
  if (name === '') throw new AppError('file_unreadable', 'the character card has no name');
  const spoken = fields.text('nickname').slice(0, 100) || name;
  const guides = parts.flatMap(([field, title]) => {
    const text = filled(fields.text(field), spoken);
    if (/\{\{[^}]*\}\}/.test(text))
      fields.leave(
        `${field} (macros)`,
        codedText(
          'import_left_out',
          'macros',
          {},
          'only {{char}}, {{user}} and {{original}} are filled in; others stay as text',
        ),
      );
    return text ? [`${title}: ${text}`] : [];
  });
  if (guides.length === 0) throw new AppError('file_unreadable', 'the character card has no text');
  fields.leaveAll(
    ['alternate_greetings', 'group_only_greetings'],
    codedText('import_left_out', 'first_greeting', {}, 'the first greeting is used'),
  );
  fields.leaveAll(
    ['character_book'],
    codedText(
      'import_left_out',
      'lorebook',
      {},
      'there is no lorebook here: put what is needed into the description',
    ),
  );
  fields.leaveAll(['assets'], codedText('import_left_out', 'media', {}, 'pictures and sounds are not taken'));
  fields.leaveAll(['extensions'], dataOfExtensions);
  fields.leaveAll(
    ['creator_notes', 'creator_notes_multilingual'],
    codedText('import_left_out', 'for_people', {}, 'it is for people, not for the model'),
  );
  const about = (field: string) => fields.text(field).slice(0, 300);
  const tags = fields
    .texts('tags')
    .slice(0, 50)
    .map((tag) => tag.slice(0, 100));
  return {
    // A name that appears in the persona's prompt, not a key.
    persona_id: name.replace(/[\\/]+/g, ' ').trim() || 'Persona',
    style_guides: guides,
    metadata: {
      name,
      source: 'SillyTavern',
      spec: specs.has(card['spec']) ? card['spec'] : 'chara_card_v1',
      creator: about('creator'),
      character_version: about('character_version'),
      tags,
    },
  };
}
