import { openAiFields, type ChatRequest } from '../../../contract/chat.ts';
import type { GenerationOptions } from '../../../contract/module-preset.ts';
import type { Registry } from '../registry/build-registry.ts';
import type { Resolved } from './resolve.ts';

/** A chat as the core is asked for it. A prompt pack's options are no caller's: they lie under the preset's. */
export interface ChatCall extends ChatRequest {
  packOptions?: GenerationOptions;
}

const topLevel = Object.keys(openAiFields) as (keyof typeof openAiFields)[];

/**
 * `defaults.options`, the model's, the prompt pack's, the preset's, then the caller's `params` and top-level fields;
 * later wins. A preset is chosen and tuned for its model, a pack is written for all of them.
 */
export function mergeOptions(
  registry: Registry,
  resolved: Resolved,
  request: Partial<ChatCall>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = {
    ...registry.defaults.options,
    ...resolved.model.options,
    ...request.packOptions,
    ...resolved.presetOptions,
    ...request.params,
  };
  for (const field of topLevel) if (request[field] !== undefined) merged[field] = request[field];
  // `null` is how a caller takes an inherited option out.
  for (const key of Object.keys(merged))
    if (merged[key] === null || merged[key] === undefined) delete merged[key];
  return merged;
}
