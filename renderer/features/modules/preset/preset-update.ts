import type { OperationInput } from '../../../../contract/operations/table.ts';
import type { PresetSettings } from '../../../../contract/user-preset.ts';

type PresetUpdate = Required<Pick<OperationInput<'presets.update'>, 'set' | 'unset'>>;

/**
 * Settings of a form as `presets.update` takes them. What the form no longer has is taken out by name, since a field
 * that is absent stays as it was saved.
 */
export function presetUpdate(settings: PresetSettings): PresetUpdate {
  const { schema, provider_options, ignore_rules = [], ...rest } = settings;
  const given = {
    ...(schema === undefined ? {} : { schema }),
    ...(provider_options === undefined ? {} : { provider_options }),
  };
  const unset = (['schema', 'provider_options'] as const).filter((field) => !(field in given));
  return { set: { ...rest, ...given, ignore_rules }, unset };
}
