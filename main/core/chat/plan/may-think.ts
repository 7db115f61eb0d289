import type { ReasoningFacts } from '../../../../contract/rule-book.ts';
import { isObject, type JsonObject } from '../../lib/json.ts';
import type { Model } from '../../registry/model/model.ts';

/** The fields that set the amount of reasoning in the various protocols. */
const thinkingFields = ['reasoning', 'reasoning_effort', 'thinking', 'thinkingConfig'];

function holds(body: unknown, part: unknown): boolean {
  if (!isObject(part)) return body === part;
  return isObject(body) && Object.entries(part).every(([name, value]) => holds(body[name], value));
}

/**
 * True if a model may write reasoning that it does not send but that is billed. The cost of a broken stream
 * then cannot be derived from what arrived. For a model without recorded facts, its tags and the body decide.
 */
export function mayThinkUnseen(
  facts: ReasoningFacts | null,
  { tags }: Pick<Model, 'tags'>,
  body: JsonObject,
): boolean {
  const config = isObject(body['generationConfig']) ? body['generationConfig'] : {};
  const fields = { ...config, ...body };
  const off = facts?.levels.off;
  // With a note, "off" is only the lowest level.
  const canBeOff = off && Object.keys(off).length > 0 && facts.notes?.off === undefined;
  if (canBeOff && holds(fields, off)) return false;
  if (thinkingFields.some((name) => fields[name] !== undefined)) return true;
  if (!facts) return tags.includes('reasoning') || tags.includes('thinking');
  // A model that needs "thinking: enabled" does not reason without it.
  return facts.levels.high !== null && !('thinking' in facts.levels.high);
}
