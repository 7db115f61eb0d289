import type { PresetSettings } from '../../../../contract/user-preset.ts';
import type { PresetDraft } from './drafts.ts';
import { isObject } from '../../../api/is-object.ts';

function isSettings(value: unknown): value is PresetSettings {
  if (!isObject(value)) return false;
  const { provider, model, options, notes } = value;
  return (
    typeof provider === 'string' &&
    typeof model === 'string' &&
    typeof notes === 'string' &&
    isObject(options)
  );
}

function readDraft(value: unknown): PresetDraft | null {
  if (!isObject(value) || !isSettings(value.settings)) return null;
  const texts = isObject(value.texts) ? value.texts : {};
  const valid = Object.entries(texts).filter(([, text]) => typeof text === 'string');
  return { settings: value.settings, texts: Object.fromEntries(valid) };
}

/** The drafts in the settings. A draft of another version that cannot be read is dropped. */
export function readSavedDrafts(saved: unknown): Record<string, PresetDraft> {
  const byPreset = isObject(saved) && isObject(saved.byPreset) ? saved.byPreset : {};
  return Object.fromEntries(
    Object.entries(byPreset).flatMap(([key, value]) => {
      const draft = readDraft(value);
      return draft ? [[key, draft]] : [];
    }),
  );
}
