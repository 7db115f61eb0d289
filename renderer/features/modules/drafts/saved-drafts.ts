import { savedDrafts, useSavedDrafts } from '../../../api/saved-drafts.ts';
import { presetDrafts } from './drafts.ts';
import { readSavedDrafts } from './read-saved-drafts.ts';

const savedPresetDrafts = savedDrafts({
  stores: [presetDrafts.useDrafts],
  restore({ modules }) {
    const saved = readSavedDrafts(modules);
    presetDrafts.useDrafts.setState(({ byKey }) => ({ byKey: { ...saved, ...byKey } }));
  },
  current: () => ({ modules: { byPreset: presetDrafts.useDrafts.getState().byKey } }),
});

/** Whether the drafts of the last session are restored. */
export function useRestoredDrafts(): boolean {
  return useSavedDrafts(savedPresetDrafts);
}
