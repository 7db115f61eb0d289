import { create } from 'zustand';
import type { PresetSettings } from '../../../../contract/user-preset.ts';
import { draftSaves } from '../../../state/drafts/draft-saves.ts';
import { sameValue } from '../../../state/drafts/same-value.ts';

/** The editor of a text that is being typed and is not valid yet. */
export type TextField = 'json' | 'schema' | 'provider_options';

/** Unsaved edits of one preset. */
export interface PresetDraft {
  settings: PresetSettings;
  texts: Partial<Record<TextField, string>>;
}

interface Drafts {
  byPreset: Readonly<Record<string, PresetDraft>>;
  /** Set once the drafts of the last start are in, or cannot be read. */
  restored: boolean;
}

/** The key of a draft in the store. */
export function draftKey(module: string, id: string): string {
  return `${module}/${id}`;
}

/** Unsaved edits of presets; stored across starts by `drafts-autosave.ts`. */
export const useDrafts = create<Drafts>(() => ({ byPreset: {}, restored: false }));

export function draftOf(key: string): PresetDraft | undefined {
  return useDrafts.getState().byPreset[key];
}

/** `null` removes the draft. */
export function setDraft(key: string, draft: PresetDraft | null): void {
  useDrafts.setState(({ byPreset }) => {
    const { [key]: _old, ...others } = byPreset;
    return { byPreset: draft === null ? others : { ...others, [key]: draft } };
  });
}

/** The edits of the form, and what a save leaves of them. */
export const presetDrafts = draftSaves<PresetDraft>({
  get: draftOf,
  set: setDraft,
  unsavedPart: (draft, sent) => (sameValue(draft, sent) ? null : draft),
});
