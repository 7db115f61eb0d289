import type { PresetSettings } from '../../../../contract/user-preset.ts';
import { settingsOf } from '../../../../contract/preset-settings.ts';
import { sameValue } from '../../../state/drafts/same-value.ts';

/** One field that differs. `undefined`: the field is not set, so its value is inherited. */
export interface FieldChange {
  /** An option's name, such as `temperature`, else the field's own name. */
  field: string;
  isOption: boolean;
  before: unknown;
  after: unknown;
}

const plainFields = ['provider', 'model', 'schema', 'provider_options', 'ignore_rules', 'notes'] as const;

/** The differences between two forms of a preset, field by field. */
export function fieldChanges(before: PresetSettings, after: PresetSettings): FieldChange[] {
  const names = new Set([...Object.keys(before.options), ...Object.keys(after.options)]);
  const options = [...names].map((name) => ({
    field: name,
    isOption: true,
    before: before.options[name] as unknown,
    after: after.options[name] as unknown,
  }));
  const fields = plainFields.map((field) => ({
    field,
    isOption: false,
    before: before[field] as unknown,
    after: after[field] as unknown,
  }));
  return [...fields.slice(0, 2), ...options, ...fields.slice(2)].filter(
    (change) => !sameValue({ value: change.before }, { value: change.after }),
  );
}

/** A preset as text with its fields and options in a fixed order, so that two texts can be compared. */
export function presetText(preset: PresetSettings): string {
  const settings = settingsOf(preset);
  const options = Object.entries(settings.options).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({ ...settings, options: Object.fromEntries(options) }, null, 2);
}
