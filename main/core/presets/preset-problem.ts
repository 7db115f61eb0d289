import type { CodedText } from '../../../contract/coded-texts.ts';
import type { PresetSettings } from '../../../contract/user-preset.ts';
import { AppError } from '../lib/app-error.ts';
import { codedText } from '../lib/coded-text.ts';
import { mergeProviderOptions } from '../chat/resolve/provider-options.ts';
import { schemaProblem } from '../registry/presets/schema-problem.ts';

function providerOptionsProblem({
  provider_options,
}: PresetSettings): CodedText<'preset_problem'> | undefined {
  try {
    mergeProviderOptions(provider_options);
    return undefined;
  } catch (error) {
    if (error instanceof AppError) {
      const { message } = error;
      return codedText('preset_problem', 'provider_options', { message }, message);
    }
    throw error;
  }
}

/** Why a preset could only fail: the reason that every call with it would be refused. */
export function presetProblem(settings: PresetSettings): CodedText<'preset_problem'> | undefined {
  return schemaProblem(settings.schema) ?? providerOptionsProblem(settings);
}
