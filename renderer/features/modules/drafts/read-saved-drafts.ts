import type { PresetSettings } from '../../../../contract/user-preset.ts';
import type { PresetDraft } from './drafts.ts';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSettings(value: unknown): value is PresetSettings {
  if (!isRecord(value)) return false;
  const { provider, model, options, notes } = value;
  return (
    typeof provider === 'string' &&
    typeof model === 'string' &&
    typeof notes === 'string' &&
    isRecord(options)
  );
}

function readDraft(value: unknown): PresetDraft | null {
  if (!isRecord(value) || !isSettings(value.settings)) return null;
  const texts = isRecord(value.texts) ? value.texts : {};
  const valid = Object.entries(texts).filter(([, text]) => typeof text === 'string');
  return { settings: value.settings, texts: Object.fromEntries(valid) };
}

/** The drafts in the settings. A draft of another version that cannot be read is dropped. */
export function readSavedDrafts(saved: unknown): Record<string, PresetDraft> {
  const byPreset = isRecord(saved) && isRecord(saved.byPreset) ? saved.byPreset : {};
  return Object.fromEntries(
    Object.entries(byPreset).flatMap(([key, value]) => {
      const draft = readDraft(value);
      return draft ? [[key, draft]] : [];
    }),
  );
}
