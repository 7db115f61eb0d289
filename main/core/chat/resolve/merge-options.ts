import { openAiFields, type ChatRequest } from '../../../../contract/chat.ts';
import type { GenerationOptions } from '../../../../contract/module-preset.ts';
import type { Registry } from '../../registry/build-registry.ts';
import type { Resolved } from './resolve.ts';

/** A chat as the core is asked for it. A prompt pack's options are no caller's: they lie under the preset's. */
export interface ChatCall extends ChatRequest {
  packOptions?: GenerationOptions;
  /** The prompt pack that it was made of, for the call log. */
  pack?: { module: string; variables: Record<string, unknown> };
  /** What a prompt pack answers offline, in place of the smallest reply that fits its schema. */
  offlineReply?: string;
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
  const merged: Record<string, unknown> = {};
  lay(merged, registry.defaults.options);
  lay(merged, resolved.model.options);
  lay(merged, request.packOptions);
  lay(merged, resolved.presetOptions);
  lay(merged, request.params);
  for (const field of topLevel) if (request[field] !== undefined) put(merged, field, request[field]);
  return merged;
}

/** `null` is how a caller takes an inherited option out. A file of the user's may hold any name. */
function put(merged: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') return;
  if (value !== null && value !== undefined) merged[name] = value;
  else if (name in merged) delete merged[name];
}

function lay(merged: Record<string, unknown>, options: Record<string, unknown> | undefined): void {
  for (const name in options) put(merged, name, options[name]);
}
