import type { ReasoningFacts } from '../../../../contract/rule-book.ts';
import { isObject, type JsonObject } from '../../lib/json.ts';
import type { Model } from '../../registry/model/model.ts';

/** Where the protocols take how much a model is to think. */
const thinkingFields = ['reasoning', 'reasoning_effort', 'thinking', 'thinkingConfig'];

function holds(body: unknown, part: unknown): boolean {
  if (!isObject(part)) return body === part;
  return isObject(body) && Object.entries(part).every(([name, value]) => holds(body[name], value));
}

/**
 * True where a model may write thoughts that it does not send but that are billed: what a broken stream came to cannot be
 * told from what arrived then. Without facts about the model its tags and the body decide.
 */
export function mayThinkUnseen(
  facts: ReasoningFacts | null,
  { tags }: Pick<Model, 'tags'>,
  body: JsonObject,
): boolean {
  const config = isObject(body['generationConfig']) ? body['generationConfig'] : {};
  const fields = { ...config, ...body };
  const off = facts?.levels.off;
  // With a note "off" is only the lowest level.
  const canBeOff = off && Object.keys(off).length > 0 && facts.notes?.off === undefined;
  if (canBeOff && holds(fields, off)) return false;
  if (thinkingFields.some((name) => fields[name] !== undefined)) return true;
  if (!facts) return tags.includes('reasoning') || tags.includes('thinking');
  // One that is told "thinking: enabled" to think at all does not without.
  return facts.levels.high !== null && !('thinking' in facts.levels.high);
}
