import type { PresetSettings } from '../../../../contract/user-preset.ts';
import { draftStore } from '../../../state/drafts/draft-store.ts';
import { sameValue } from '../../../state/drafts/same-value.ts';

/** The editor of a text that is not valid yet. */
export type TextField = 'json' | 'schema' | 'provider_options';

/** Unsaved edits of one preset. */
export interface PresetDraft {
  settings: PresetSettings;
  texts: Partial<Record<TextField, string>>;
}

/** The key of a draft in the store. */
export function draftKey(module: string, id: string): string {
  return `${module}/${id}`;
}

/** Unsaved edits of presets; kept across starts by `saved-drafts.ts`. */
export const presetDrafts = draftStore<PresetDraft>((draft, sent) => (sameValue(draft, sent) ? null : draft));
