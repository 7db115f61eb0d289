import { create } from 'zustand';
import { draftKey } from '../drafts/drafts.ts';
import type { PresetAt } from '../preset-actions.ts';

/** The preset whose form for a new name is open, by the key of its draft. */
const useRenamingKey = create<{ key: string | null }>(() => ({ key: null }));

export function useRenaming({ module, id }: PresetAt): boolean {
  return useRenamingKey(({ key }) => key === draftKey(module, id));
}

/** Opens or closes the form for a new name; closing the form of one preset leaves another's open. */
export function setRenaming({ module, id }: PresetAt, open: boolean): void {
  const own = draftKey(module, id);
  useRenamingKey.setState(({ key }) => ({ key: open ? own : key === own ? null : key }));
}
