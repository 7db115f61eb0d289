import { create } from 'zustand';
import type { BenchOverrides } from '../../../state/bench-handoff.ts';
import type { DraftMessage } from './drafts.ts';
import { draftKey, setDraft, useDrafts } from './drafts.ts';
import { setOverrides, useOverrides } from './overrides.ts';
import { sampleLine } from './sample-lines.ts';
import type { InputForm, VariableTexts } from './variables.ts';
import { setInputForm, useVariables } from './variables.ts';

/** A named input for one module. */
export interface SavedInput {
  id: string;
  name: string;
  /** The module's name, or `none`. */
  key: string;
  form: InputForm;
  draft: readonly Pick<DraftMessage, 'role' | 'text'>[];
  variables: VariableTexts;
  overrides?: BenchOverrides;
}

export const useSavedInputs = create<{ saved: readonly SavedInput[] }>(() => ({ saved: [] }));

const nameLength = 40;

function nameFor(texts: readonly string[], key: string): string {
  const first = texts.map((text) => text.trim()).find(Boolean) ?? sampleLine(key);
  const text = first.replace(/\s+/g, ' ');
  if (text.length <= nameLength) return text;
  // Cut after a word, where the language has spaces.
  const start = text.slice(0, nameLength - 1);
  return `${start.replace(/\s\S*$/, '')}…`;
}

/** Saves a module's input. Its first name is the start of the last message. */
export function saveInput(module: string | null): SavedInput {
  const key = draftKey(module);
  const draft = (useDrafts.getState().byModule[key] ?? [{ role: 'user', text: sampleLine(key) }]).map(
    ({ role, text }) => ({ role, text }),
  );
  const { forms, byModule } = useVariables.getState();
  const variables = byModule[key] ?? {};
  const form = forms[key] ?? 'messages';
  const texts = form === 'variables' ? Object.values(variables) : draft.map(({ text }) => text).toReversed();
  const overrides = useOverrides.getState().byModule[key];
  const input: SavedInput = {
    id: crypto.randomUUID(),
    name: nameFor(texts, key),
    key,
    form,
    draft,
    variables,
    ...(overrides && { overrides }),
  };
  useSavedInputs.setState(({ saved }) => ({ saved: [input, ...saved] }));
  return input;
}

/** Replaces the module's input with a saved one. */
export function openInput({ key, form, draft, variables, overrides }: SavedInput): void {
  setDraft(
    key,
    draft.map((message) => ({ ...message, id: crypto.randomUUID() })),
  );
  useVariables.setState(({ byModule }) => ({ byModule: { ...byModule, [key]: variables } }));
  setInputForm(key, form);
  setOverrides(key, overrides ?? null);
}

export function renameInput(id: string, name: string): void {
  useSavedInputs.setState(({ saved }) => ({
    saved: saved.map((input) => (input.id === id ? { ...input, name } : input)),
  }));
}

/** Deletes a saved input; returns a function that restores it. */
export function removeInput(id: string): () => void {
  const before = useSavedInputs.getState();
  useSavedInputs.setState({ saved: before.saved.filter((input) => input.id !== id) });
  return () => useSavedInputs.setState(before);
}
