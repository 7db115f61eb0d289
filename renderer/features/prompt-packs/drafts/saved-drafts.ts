import { savedDrafts, useSavedDrafts } from '../../../api/saved-drafts.ts';
import { packDrafts, usePreviewTexts } from './drafts.ts';
import { readSavedDrafts } from './pack-draft.ts';

const savedPackDrafts = savedDrafts({
  stores: [packDrafts.useDrafts, usePreviewTexts],
  restore({ packs }) {
    const saved = readSavedDrafts(packs);
    packDrafts.useDrafts.setState(({ byKey }) => ({ byKey: { ...saved.byModule, ...byKey } }));
    usePreviewTexts.setState(({ byModule }) => ({ byModule: { ...saved.values, ...byModule } }));
  },
  current: () => ({
    packs: { byModule: packDrafts.useDrafts.getState().byKey, values: usePreviewTexts.getState().byModule },
  }),
});

/** Whether the drafts of the last start are in, or are known not to come. */
export function useRestoredDrafts(): boolean {
  return useSavedDrafts(savedPackDrafts);
}
