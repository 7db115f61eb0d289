import { openAiFields, type ChatRequest } from '../../../../contract/chat.ts';
import type { GenerationOptions } from '../../../../contract/module-preset.ts';
import type { Registry } from '../../registry/build-registry.ts';
import type { Resolved } from './resolve.ts';

/**
 * A chat request inside the core. A prompt pack's options are separate from the caller's, because they rank
 * below the preset's.
 */
export interface ChatCall extends ChatRequest {
  packOptions?: GenerationOptions;
  /** The prompt pack that produced the call, for the call log. */
  pack?: { module: string; variables: Record<string, unknown> };
  /** The prompt pack's offline reply, used instead of the smallest reply that fits its schema. */
  offlineReply?: string;
}

const topLevel = Object.keys(openAiFields) as (keyof typeof openAiFields)[];

/**
 * Merges options; later wins: `defaults.options`, the model's, the prompt pack's, the preset's, the caller's
 * `params`, then top-level fields. A preset is tuned for its model, while a pack is written for all models.
 */
export function mergeOptions(
  registry: Registry,
  resolved: Resolved,
  request: Partial<ChatCall>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  lay(merged, registry.defaults.options);
  lay(merged, resolved.model.options);
  lay(merged, request.packOptions);
  lay(merged, resolved.presetOptions);
  lay(merged, request.params);
  for (const field of topLevel) if (request[field] !== undefined) put(merged, field, request[field]);
  return merged;
}

/** `null` removes an inherited option. Names come from user files, so they may be anything. */
function put(merged: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') return;
  if (value !== null && value !== undefined) merged[name] = value;
  else if (name in merged) delete merged[name];
}

function lay(merged: Record<string, unknown>, options: Record<string, unknown> | undefined): void {
  for (const name in options) put(merged, name, options[name]);
}
