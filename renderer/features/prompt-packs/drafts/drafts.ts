import { create } from 'zustand';
import type { PackDraft, PreviewTexts } from './pack-draft.ts';

interface Drafts {
  byModule: Readonly<Record<string, PackDraft>>;
  /** What was typed into the preview's values; no part of the pack. */
  values: PreviewTexts;
  /** Set once the drafts of the last start are in, or cannot be had. */
  restored: boolean;
}

/** Unsaved edits of prompt packs; kept by `drafts-autosave.ts`. */
export const useDrafts = create<Drafts>(() => ({ byModule: {}, values: {}, restored: false }));

/** null takes the draft away. */
export function setDraft(module: string, draft: PackDraft | null): void {
  useDrafts.setState(({ byModule }) => {
    const { [module]: _old, ...others } = byModule;
    return { byModule: draft === null ? others : { ...others, [module]: draft } };
  });
}

/** Values for the preview; null goes back to the pack's own. */
export function setPreviewTexts(module: string, texts: Readonly<Record<string, string>> | null): void {
  useDrafts.setState(({ values }) => {
    const { [module]: _old, ...others } = values;
    return { values: texts === null ? others : { ...others, [module]: texts } };
  });
}
