import type { PresetSettings } from './user-preset.ts';

/** A preset's settings without its position; an empty list of ignored rules is omitted. */
export function settingsOf(preset: PresetSettings): PresetSettings {
  const { provider, model, options, schema, provider_options, ignore_rules, notes } = preset;
  return {
    provider,
    model,
    options,
    ...(schema === undefined ? {} : { schema }),
    ...(provider_options === undefined ? {} : { provider_options }),
    ...(ignore_rules?.length ? { ignore_rules } : {}),
    notes,
  };
}
