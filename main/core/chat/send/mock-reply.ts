import type { Message, Usage } from '../../../../contract/chat.ts';
import type { JsonSchema } from '../../../../contract/module-preset.ts';
import { smallestInstance } from '../../../adapters/stub/smallest-instance.ts';
import { stubReply } from '../../../adapters/stub/stub-reply.ts';
import { AppError } from '../../lib/app-error.ts';
import { isObject } from '../../lib/json.ts';
import { validatorFor } from '../plan/schema-validator.ts';

const charsPerToken = 4;

/** The schema that a mock reply has to satisfy: the call's own, else the one in its `response_format`. */
export function schemaToMock(schema: JsonSchema | undefined, format: unknown): JsonSchema | undefined {
  if (schema || !isObject(format)) return schema;
  if (format['type'] === 'json_object') return { type: 'object' };
  const asked = isObject(format['json_schema']) ? format['json_schema']['schema'] : undefined;
  if (format['type'] !== 'json_schema' || !isObject(asked)) return undefined;
  validatorFor(asked);
  return asked;
}

function instanceText(schema: JsonSchema): string {
  const instance = smallestInstance(schema);
  if (instance !== undefined) return JSON.stringify(instance);
  throw new AppError('invalid_request', 'schema: no instance could be generated for the mock reply');
}

/**
 * The offline answer: the given text, else with a schema its smallest instance, else the last user message.
 * @throws AppError `invalid_request` for a schema without an instance
 */
export function mockReply(
  messages: Message[],
  schema: JsonSchema | undefined,
  fixedText?: string,
): { text: string; usage: Usage } {
  const text = fixedText ?? (schema ? instanceText(schema) : stubReply(messages));
  const count = (chars: number) => Math.ceil(chars / charsPerToken);
  const prompt = count(messages.reduce((sum, m) => sum + JSON.stringify(m.content ?? '').length, 0));
  const completion = count(text.length);
  const usage = {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    estimated: true,
  };
  return { text, usage };
}
