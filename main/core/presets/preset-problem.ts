import type { PresetSettings } from '../../../contract/user-preset.ts';
import { AppError } from '../app-error.ts';
import { mergeProviderOptions } from '../chat/provider-options.ts';
import { validatorFor } from '../chat/reply-schema.ts';

function messageOf(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

/** Why a preset's schema cannot hold a reply to anything. */
export function schemaProblem({ schema }: Pick<PresetSettings, 'schema'>): string | undefined {
  return schema ? messageOf(() => validatorFor(schema)) : undefined;
}

/** Why a preset could only fail: what a call would refuse of it, whatever the call is. */
export function presetProblem(settings: PresetSettings): string | undefined {
  return schemaProblem(settings) ?? messageOf(() => mergeProviderOptions(settings.provider_options));
}
