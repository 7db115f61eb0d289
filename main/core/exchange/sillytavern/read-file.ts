import type { PersonaUpdate } from '../../../../contract/emulation.ts';
import type { ProviderEntry } from '../../../../contract/provider.ts';
import type { LeftOutPart, SillyTavernKind } from '../../../../contract/sillytavern.ts';
import type { ImportItem, UserPreset } from '../../../../contract/user-preset.ts';
import { AppError } from '../../lib/app-error.ts';
import { checkKeys } from '../../lib/check-keys.ts';
import { isObject, parseUntrusted, type JsonObject } from '../../lib/json.ts';
import type { Registry } from '../../registry/build-registry.ts';
import { freeId } from '../../presets/preset-ids.ts';
import { cardInPng, isCard, readCard } from './character-card.ts';
import { isChatPreset, readChatPreset, type ReadPreset } from './chat-preset.ts';
import { maxProfiles, noProfile, profilesIn, readProfile } from './connection-profiles.ts';
import { isPng } from './png-text.ts';
import { refusedItem } from '../plan-import.ts';

/** A file's contents in the panel's own format. */
export interface ReadFile {
  kind: SillyTavernKind;
  presets: UserPreset[];
  providers: ProviderEntry[];
  personas: PersonaUpdate[];
  /** Items that cannot become presets, with the reason. */
  refused: ImportItem[];
  leftOut: LeftOutPart[];
}

/** The largest text file is the `settings.json` of a long-used SillyTavern. */
const maxTextBytes = 8 * 1024 * 1024;

const refuse = (reason: string) => new AppError('file_unreadable', reason);

/** Other SillyTavern files, recognized by a unique field. */
const others: readonly { fields: readonly string[]; what: string }[] = [
  {
    fields: ['rep_pen', 'sampler_order', 'temp'],
    what: 'a Text Completion preset, whose samplers are its server’s own',
  },
  {
    fields: ['input_sequence', 'output_sequence'],
    what: 'an instruct template: chats are sent as messages here',
  },
  { fields: ['story_string', 'chat_start'], what: 'a context template: chats are sent as messages here' },
  { fields: ['entries'], what: 'a lorebook: there is none here' },
  { fields: ['providers'], what: 'a registry of ComfyVN’s: name it in COMFYVN_LLM_REGISTRY' },
  { fields: ['qrList', 'quickReplySlots'], what: 'a set of quick replies' },
  { fields: ['scriptName', 'findRegex'], what: 'a regex script' },
];

function jsonIn(bytes: Buffer): unknown {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK')
    throw refuse('this is an archive: export the card from SillyTavern as PNG or JSON');
  if (bytes.length > maxTextBytes)
    throw refuse(
      `it is larger than ${maxTextBytes / 1024 / 1024} MB, and no file of SillyTavern’s that is read here is`,
    );
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuse('it is neither a PNG nor a text in UTF-8');
  }
  if (text.trim() === '') throw refuse('it is empty');
  try {
    return parseUntrusted(text);
  } catch (error) {
    throw refuse((error as Error).message.replace(/^the body/, 'it'));
  }
}

function presetsOf(all: readonly ReadPreset[]): Pick<ReadFile, 'presets' | 'providers' | 'refused'> {
  const taken = new Set<string>();
  const providers = new Map<string, ProviderEntry>();
  const presets: UserPreset[] = [];
  const refused: ImportItem[] = [];
  for (const { id: wanted, target, preset, refused: reason } of all) {
    const id = freeId(wanted, taken);
    taken.add(id);
    if (!preset || 'problem' in target)
      refused.push(refusedItem({ module: null, what: 'preset', id }, reason ?? noProfile));
    else {
      presets.push({ ...preset, id });
      if (target.entry) providers.set(target.entry.name, target.entry);
    }
  }
  return { presets, providers: [...providers.values()], refused };
}

function readPresets(
  value: unknown,
  name: string,
  registry: Registry,
  leftOut: LeftOutPart[],
): ReadFile | null {
  const profiles = profilesIn(value);
  if (profiles) {
    if (profiles.length > maxProfiles)
      throw refuse(`it holds ${profiles.length} connection profiles; ${maxProfiles} at most are taken`);
    const all = profiles.map((profile, index) => readProfile(profile, index, registry, leftOut));
    const settings = isObject(value) ? value['oai_settings'] : undefined;
    const own = isObject(settings)
      ? [readChatPreset(settings, 'current settings', registry, leftOut, 'oai_settings')]
      : [];
    const kind = own.length ? 'settings' : 'connection_profiles';
    return { kind, personas: [], leftOut, ...presetsOf([...own, ...all]) };
  }
  if (!isObject(value) || !isChatPreset(value)) return null;
  const preset = readChatPreset(value, name, registry, leftOut);
  return { kind: 'chat_preset', personas: [], leftOut, ...presetsOf([preset]) };
}

function readPersona(card: JsonObject, leftOut: LeftOutPart[]): ReadFile {
  const personas = [readCard(card, leftOut)];
  return { kind: 'character_card', presets: [], providers: [], personas, refused: [], leftOut };
}

/** A file name without folders and extension. */
const plainName = (name: string) =>
  (name.split(/[\\/]/).at(-1) ?? '').replace(/\.[A-Za-z0-9]{1,8}$/, '').slice(0, 100) || 'preset';

/**
 * Reads a SillyTavern file: a Chat Completion preset, connection profiles, its settings, or a character card.
 * @throws AppError `file_unreadable`, `forbidden_key`, `invalid_request`: nothing of it can be used
 */
export function readFile(bytes: Buffer, name: string, registry: Registry): ReadFile {
  const leftOut: LeftOutPart[] = [];
  const value = isPng(bytes) ? cardInPng(bytes) : jsonIn(bytes);
  checkKeys(value);
  if (isPng(bytes) && !isObject(value)) throw refuse('the card in the picture is no JSON object');
  if (isObject(value) && isCard(value)) return readPersona(value, leftOut);
  const read = readPresets(value, plainName(name), registry, leftOut);
  if (read) return read;
  const known = isObject(value)
    ? others.find(({ fields }) => fields.some((field) => Object.hasOwn(value, field)))
    : undefined;
  throw refuse(
    known
      ? `it is ${known.what}`
      : 'it is no Chat Completion preset, connection profile or character card of SillyTavern’s',
  );
}
