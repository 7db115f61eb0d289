import type { Target } from '../../../state/target.ts';
import type { Draft, DraftMessage, DraftRole } from './drafts.ts';
import { newMessage } from './drafts.ts';

/** The Bench's part of `settings.drafts`. */
export interface SavedBench {
  target: Target;
  byModule: Record<string, Pick<DraftMessage, 'role' | 'text'>[]>;
}

export interface RestoredBench {
  target: Target | null;
  byModule: Record<string, Draft>;
}

const roles: readonly DraftRole[] = ['system', 'user', 'assistant'];

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

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

/** Reads what any version of the panel has saved; a part that cannot be read is left out, the rest stays. */
export function readSavedBench(saved: unknown): RestoredBench {
  if (!isObject(saved)) return { target: null, byModule: {} };
  const byModule: Record<string, Draft> = {};
  for (const [key, draft] of Object.entries(isObject(saved.byModule) ? saved.byModule : {})) {
    const messages = Array.isArray(draft) ? draft.flatMap(readMessage) : [];
    if (messages.length > 0) byModule[key] = messages;
  }
  return { target: readTarget(saved.target), byModule };
}

/** What is worth keeping of the Bench; ids of boxes on screen are not. */
export function toSavedBench(target: Target, drafts: Readonly<Record<string, Draft>>): SavedBench {
  const byModule: SavedBench['byModule'] = {};
  for (const [key, draft] of Object.entries(drafts))
    byModule[key] = draft.map(({ role, text }) => ({ role, text }));
  return { target, byModule };
}
