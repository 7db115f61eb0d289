import { create } from 'zustand';
import { draftSaves } from '../../../state/drafts/draft-saves.ts';
import { fingerprint, type PackDraft, type PreviewTexts } from './pack-draft.ts';

interface Drafts {
  byModule: Readonly<Record<string, PackDraft>>;
  /** What was typed into the preview's values; no part of the pack. */
  values: PreviewTexts;
  /** Set once the drafts of the last start are in, or cannot be read. */
  restored: boolean;
}

/** Unsaved edits of prompt packs; stored across starts by `drafts-autosave.ts`. */
export const useDrafts = create<Drafts>(() => ({ byModule: {}, values: {}, restored: false }));

export function draftOf(module: string): PackDraft | undefined {
  return useDrafts.getState().byModule[module];
}

/** `null` removes the draft. */
export function setDraft(module: string, draft: PackDraft | null): void {
  useDrafts.setState(({ byModule }) => {
    const { [module]: _old, ...others } = byModule;
    return { byModule: draft === null ? others : { ...others, [module]: draft } };
  });
}

/** The edits of the editor, and what a save leaves of them: edits of the files as they are then. */
export const packDrafts = draftSaves<PackDraft>({
  get: draftOf,
  set: setDraft,
  unsavedPart({ work, texts }, sent) {
    const base = fingerprint(sent.work);
    return fingerprint(work) === base && Object.keys(texts).length === 0 ? null : { work, texts, base };
  },
});

/** Values for the preview; null goes back to the pack's own. */
export function setPreviewTexts(module: string, texts: Readonly<Record<string, string>> | null): void {
  useDrafts.setState(({ values }) => {
    const { [module]: _old, ...others } = values;
    return { values: texts === null ? others : { ...others, [module]: texts } };
  });
}
