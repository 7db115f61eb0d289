import { create } from 'zustand';
import { draftStore } from '../../../state/drafts/draft-store.ts';
import { fingerprint, type PackDraft, type PreviewTexts } from './pack-draft.ts';

/** Unsaved edits of prompt packs, by module. After a save, remaining edits are based on the saved files. */
export const packDrafts = draftStore<PackDraft>(({ work, texts }, sent) => {
  const base = fingerprint(sent.work);
  return fingerprint(work) === base && Object.keys(texts).length === 0 ? null : { work, texts, base };
});

/** The values typed into the preview; not part of the pack. */
export const usePreviewTexts = create<{ byModule: PreviewTexts }>(() => ({ byModule: {} }));

/** Sets the preview's values; null restores the pack's own. */
export function setPreviewTexts(module: string, texts: Readonly<Record<string, string>> | null): void {
  usePreviewTexts.setState(({ byModule }) => {
    const { [module]: _old, ...others } = byModule;
    return { byModule: texts === null ? others : { ...others, [module]: texts } };
  });
}
