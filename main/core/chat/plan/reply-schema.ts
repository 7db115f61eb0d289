import type { FinishReason } from '../../../../contract/chat.ts';
import type { JsonSchema } from '../../../../contract/module-preset.ts';
import { jsonReadings } from './json-readings.ts';
import { validatorFor } from './schema-validator.ts';

/** The result of validating a reply against its schema. */
export type SchemaResult =
  | { fits: true; json: unknown; repaired: boolean }
  | { fits: false; problems: string[] };

/**
 * Validates a reply, repairing code fences, words around the JSON and broken syntax. The first JSON value
 * that fits is used.
 * @param finish `length` means that the reply was truncated; it is not repaired into a complete one
 */
export function checkReply(
  schema: JsonSchema,
  text: string,
  finish: FinishReason | null = null,
): SchemaResult {
  const validate = validatorFor(schema);
  const isCut = finish === 'length';
  let problems = [isCut ? 'the reply was truncated at its limit: raise max_tokens' : 'the reply is not JSON'];
  for (const { value, repaired } of jsonReadings(text, isCut)) {
    const verdict = validate(value);
    problems = verdict.problems;
    if (problems.length === 0) return { fits: true, json: value, repaired };
    if (verdict.tookTooLong) break;
  }
  return { fits: false, problems };
}
