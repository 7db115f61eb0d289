import { create } from 'zustand';
import type { PresetSettings } from '../../../../contract/user-preset.ts';

/** A text that is being typed and does not hold yet, by the editor it stands in. */
export type TextField = 'json' | 'schema' | 'provider_options';

/** Unsaved edits of one preset. */
export interface PresetDraft {
  settings: PresetSettings;
  texts: Partial<Record<TextField, string>>;
}

interface Drafts {
  byPreset: Readonly<Record<string, PresetDraft>>;
  /** Set once the drafts of the last start are in, or cannot be had. */
  restored: boolean;
}

/** The name a draft is kept under. */
export function draftKey(module: string, id: string): string {
  return `${module}/${id}`;
}

/** Unsaved edits of presets; kept by `drafts-autosave.ts`. */
export const useDrafts = create<Drafts>(() => ({ byPreset: {}, restored: false }));

export function draftOf(key: string): PresetDraft | undefined {
  return useDrafts.getState().byPreset[key];
}

/** null takes the draft away. */
export function setDraft(key: string, draft: PresetDraft | null): void {
  useDrafts.setState(({ byPreset }) => {
    const { [key]: _old, ...others } = byPreset;
    return { byPreset: draft === null ? others : { ...others, [key]: draft } };
  });
}
