import { create } from 'zustand';
import { sampleLine } from './sample-lines.ts';

export type DraftRole = 'system' | 'user' | 'assistant';

export interface DraftMessage {
  /** Identifies the text box on screen; not saved. */
  id: string;
  role: DraftRole;
  text: string;
}

export type Draft = readonly DraftMessage[];

/** The key of a draft in the store: its module's name, or `none`. */
export function draftKey(module: string | null): string {
  return module ?? 'none';
}

/** A message with a new id. */
export function newMessage(role: DraftRole, text = ''): DraftMessage {
  return { id: crypto.randomUUID(), role, text };
}

/** Whether there is anything to send. */
export function hasText(draft: Draft): boolean {
  return draft.some(({ text }) => text.trim() !== '');
}

const samples = new Map<string, Draft>();

/** The initial input of a module; always the same object. */
function sampleDraft(key: string): Draft {
  const known = samples.get(key) ?? [newMessage('user', sampleLine(key))];
  samples.set(key, known);
  return known;
}

interface Drafts {
  byModule: Readonly<Record<string, Draft>>;
  /** The draft that the last reset removed, to restore it. */
  beforeReset: { key: string; draft: Draft } | null;
}

/** Unsent input, one per module; stored across starts by `saved-drafts.ts`. */
export const useDrafts = create<Drafts>(() => ({ byModule: {}, beforeReset: null }));

export function useDraft(key: string): Draft {
  return useDrafts(({ byModule }) => byModule[key]) ?? sampleDraft(key);
}

export function setDraft(key: string, draft: Draft): void {
  useDrafts.setState(({ byModule }) => ({
    byModule: { ...byModule, [key]: draft },
    beforeReset: null,
  }));
}

/** Goes back to the sample; `undoReset` restores the draft. */
export function resetDraft(key: string): void {
  useDrafts.setState(({ byModule }) => {
    const { [key]: draft, ...others } = byModule;
    return { byModule: others, beforeReset: draft ? { key, draft } : null };
  });
}

export function undoReset(): void {
  const { beforeReset } = useDrafts.getState();
  if (beforeReset) setDraft(beforeReset.key, beforeReset.draft);
}
