import type { PresetSettings } from '../../../contract/user-preset.ts';
import { AppError } from '../lib/app-error.ts';
import { mergeProviderOptions } from '../chat/resolve/provider-options.ts';
import { schemaProblem } from '../registry/presets/schema-problem.ts';

function providerOptionsProblem({ provider_options }: PresetSettings): string | undefined {
  try {
    mergeProviderOptions(provider_options);
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

/** Why a preset could only fail: the reason that every call with it would be refused. */
export function presetProblem(settings: PresetSettings): string | undefined {
  return schemaProblem(settings.schema) ?? providerOptionsProblem(settings);
}
