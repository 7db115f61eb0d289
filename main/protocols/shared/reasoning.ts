import type { JsonObject } from '../define.ts';
import type { Reader } from './reader.ts';

/** The amount of reasoning, under OpenAI's name, which every adapter reads. */
export function reasoningEffort(effort: string): JsonObject {
  return { reasoning_effort: effort };
}

/**
 * Turns reasoning off. Models without reasoning, and most that always reason, refuse this setting; only local
 * servers accept it for every model.
 */
export function reasoningOff(field: string, reader: Reader): JsonObject {
  if (reader.adapter === 'ollama') return reasoningEffort('none');
  reader.warn(
    `\`${field}\`: whether the model thinks is left to it, since most models refuse to be told not to`,
  );
  return {};
}

/** The effort closest to a thinking budget, for providers that accept only levels. */
export function effortOfBudget(tokens: number, field: string, reader: Reader): JsonObject {
  const effort = tokens <= 2048 ? 'low' : tokens <= 8192 ? 'medium' : 'high';
  reader.warn(
    `\`${field}\` became the reasoning effort "${effort}": this provider takes a level, not a number`,
  );
  return reasoningEffort(effort);
}
