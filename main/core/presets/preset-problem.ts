import type { PresetSettings } from '../../../contract/user-preset.ts';
import { AppError } from '../lib/app-error.ts';
import { codedText } from '../lib/coded-text.ts';
import { composed, type Composed, type ProblemParts } from '../lib/notice.ts';
import { mergeProviderOptions } from '../chat/resolve/provider-options.ts';
import { schemaProblem } from '../registry/presets/schema-problem.ts';

function providerOptionsProblem({
  provider_options,
}: PresetSettings): Composed<'preset_problem'> | undefined {
  try {
    mergeProviderOptions(provider_options);
    return undefined;
  } catch (error) {
    if (error instanceof AppError) {
      const { message } = error;
      const text = codedText('preset_problem', 'provider_options', { message }, message);
      return composed(text, errorParts(error));
    }
    throw error;
  }
}

/** The codes of the field that an error of `refusedField` names. */
function errorParts({ details = {} }: AppError): ProblemParts {
  const fields = (details['fields'] ?? []) as { path: string; message_detail?: ProblemParts[number] }[];
  return fields.flatMap(({ path, message_detail: part }) => (part ? [{ ...part, path }] : []));
}

/** Why a preset could only fail: the reason that every call with it would be refused. */
export function presetProblem(settings: PresetSettings): Composed<'preset_problem'> | undefined {
  return schemaProblem(settings.schema) ?? providerOptionsProblem(settings);
}
