import type { OperationInput } from '../../../../contract/operations/table.ts';
import type { PresetSettings } from '../../../../contract/user-preset.ts';

type PresetUpdate = Required<Pick<OperationInput<'presets.update'>, 'set' | 'unset'>>;

/**
 * The settings of a form as input of `presets.update`. Fields that the form no longer has are removed
 * explicitly, since an absent field keeps its saved value.
 */
export function presetUpdate(settings: PresetSettings): PresetUpdate {
  const { schema, provider_options, ignore_rules = [], ...rest } = settings;
  const setFields = {
    ...(schema === undefined ? {} : { schema }),
    ...(provider_options === undefined ? {} : { provider_options }),
  };
  const unset = (['schema', 'provider_options'] as const).filter((field) => !(field in setFields));
  return { set: { ...rest, ...setFields, ignore_rules }, unset };
}
