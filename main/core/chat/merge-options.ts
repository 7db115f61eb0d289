import { openAiFields, type ChatRequest } from '../../../contract/chat.ts';
import type { Registry } from '../registry/build-registry.ts';
import type { Resolved } from './resolve.ts';

const topLevel = Object.keys(openAiFields) as (keyof typeof openAiFields)[];

/** `defaults.options`, the model's, the preset's, then the caller's `params` and top-level fields; later wins. */
export function mergeOptions(registry: Registry, resolved: Resolved, request: Partial<ChatRequest>): Record<string, unknown> {
  const merged: Record<string, unknown> = {
    ...registry.defaults.options,
    ...resolved.model.options,
    ...resolved.presetOptions,
    ...request.params,
  };
  for (const field of topLevel) if (request[field] !== undefined) merged[field] = request[field];
  // `null` is how a caller takes an inherited option out.
  for (const key of Object.keys(merged)) if (merged[key] === null || merged[key] === undefined) delete merged[key];
  return merged;
}
