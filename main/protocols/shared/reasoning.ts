import type { JsonObject } from '../define.ts';
import type { Reader } from './reader.ts';

/** How much a model may think, by OpenAI's name: the one spelling that every adapter reads. */
export function reasoningEffort(effort: string): JsonObject {
  return { reasoning_effort: effort };
}

/**
 * Thinking off. Models that cannot think, and most that must, refuse to be told so; only a local server takes it
 * for every model.
 */
export function reasoningOff(field: string, reader: Reader): JsonObject {
  if (reader.adapter === 'ollama') return reasoningEffort('none');
  reader.warn(
    `\`${field}\`: whether the model thinks is left to it, since most models refuse to be told not to`,
  );
  return {};
}

/** The effort nearest to a budget of thinking tokens, for providers that take a level only. */
export function effortOfBudget(tokens: number, field: string, reader: Reader): JsonObject {
  const effort = tokens <= 2048 ? 'low' : tokens <= 8192 ? 'medium' : 'high';
  reader.warn(
    `\`${field}\` became the reasoning effort "${effort}": this provider takes a level, not a number`,
  );
  return reasoningEffort(effort);
}
