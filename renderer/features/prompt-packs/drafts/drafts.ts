import { create } from 'zustand';
import { draftStore } from '../../../state/drafts/draft-store.ts';
import { fingerprint, type PackDraft, type PreviewTexts } from './pack-draft.ts';

/** Unsaved edits of prompt packs by module; after a save they are edits of the files as they are then. */
export const packDrafts = draftStore<PackDraft>(({ work, texts }, sent) => {
  const base = fingerprint(sent.work);
  return fingerprint(work) === base && Object.keys(texts).length === 0 ? null : { work, texts, base };
});

/** What was typed into the preview's values; no part of the pack. */
export const usePreviewTexts = create<{ byModule: PreviewTexts }>(() => ({ byModule: {} }));

/** Values for the preview; null goes back to the pack's own. */
export function setPreviewTexts(module: string, texts: Readonly<Record<string, string>> | null): void {
  usePreviewTexts.setState(({ byModule }) => {
    const { [module]: _old, ...others } = byModule;
    return { byModule: texts === null ? others : { ...others, [module]: texts } };
  });
}
