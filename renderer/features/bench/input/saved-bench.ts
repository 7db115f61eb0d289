import type { BenchOverrides } from '../../../state/bench-handoff.ts';
import type { Target } from '../../../state/target.ts';
import type { OwnTarget } from '../columns/columns.ts';
import type { Draft, DraftMessage, DraftRole } from './drafts.ts';
import { newMessage } from './drafts.ts';
import type { SavedInput } from './saved-inputs.ts';
import type { InputForm, VariableTexts } from './variables.ts';
import { isObject } from '../../../api/is-object.ts';

/** The Bench's part of `settings.drafts`. */
export interface SavedBench {
  target: Target;
  byModule: Record<string, Pick<DraftMessage, 'role' | 'text'>[]>;
  columns: OwnTarget[];
  forms: Record<string, InputForm>;
  variables: Record<string, VariableTexts>;
  overrides: Record<string, BenchOverrides>;
  saved: readonly SavedInput[];
}

export interface RestoredBench extends Omit<SavedBench, 'target' | 'byModule'> {
  target: Target | null;
  byModule: Record<string, Draft>;
}

const roles: readonly DraftRole[] = ['system', 'user', 'assistant'];

function readMessage(value: unknown): DraftMessage[] {
  if (!isObject(value) || typeof value.text !== 'string') return [];
  return [newMessage(roles.find((role) => role === value.role) ?? 'user', value.text)];
}

function stringOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function readTarget(value: unknown): Target | null {
  if (!isObject(value)) return null;
  const { module, provider, model, preset } = value;
  return {
    module: stringOrNull(module),
    provider: stringOrNull(provider),
    model: stringOrNull(model),
    preset: stringOrNull(preset),
  };
}

const readForm = (value: unknown): InputForm => (value === 'variables' ? 'variables' : 'messages');
const readDraft = (value: unknown): DraftMessage[] =>
  Array.isArray(value) ? value.flatMap(readMessage) : [];
const readList = <T>(value: unknown, read: (item: unknown) => T | null): T[] =>
  (Array.isArray(value) ? value : []).map(read).filter((item) => item !== null);

function readRecord<T>(value: unknown, read: (item: unknown) => T): Record<string, T> {
  return Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).map(([key, item]) => [key, read(item)]),
  );
}

function readTexts(value: unknown): VariableTexts {
  const texts = Object.entries(isObject(value) ? value : {});
  return Object.fromEntries(texts.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function readOverrides(value: unknown): BenchOverrides {
  return isObject(value) ? (value as BenchOverrides) : {};
}

function readColumn(value: unknown): OwnTarget | null {
  const target = readTarget(value);
  if (!target) return null;
  const { module: _, ...own } = target;
  return own;
}

function readSavedInput(value: unknown): SavedInput | null {
  if (!isObject(value) || typeof value.key !== 'string' || typeof value.name !== 'string') return null;
  return {
    id: crypto.randomUUID(),
    name: value.name,
    key: value.key,
    form: readForm(value.form),
    draft: readDraft(value.draft).map(({ role, text }) => ({ role, text })),
    variables: readTexts(value.variables),
    ...(isObject(value.overrides) && { overrides: readOverrides(value.overrides) }),
  };
}

/** Reads what any version of the panel saved. Parts that cannot be read are dropped, the rest is used. */
export function readSavedBench(saved: unknown): RestoredBench {
  const parts = isObject(saved) ? saved : {};
  const drafts = Object.entries(readRecord(parts.byModule, readDraft)).filter(
    ([, draft]) => draft.length > 0,
  );
  return {
    target: readTarget(parts.target),
    byModule: Object.fromEntries(drafts),
    columns: readList(parts.columns, readColumn),
    forms: readRecord(parts.forms, readForm),
    variables: readRecord(parts.variables, readTexts),
    overrides: readRecord(parts.overrides, readOverrides),
    saved: readList(parts.saved, readSavedInput),
  };
}

/** Messages without the ids of their text boxes. */
export function toSavedDrafts(drafts: Readonly<Record<string, Draft>>): SavedBench['byModule'] {
  return Object.fromEntries(
    Object.entries(drafts).map(([key, draft]) => [key, draft.map(({ role, text }) => ({ role, text }))]),
  );
}
