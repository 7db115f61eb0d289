import { chatOfOpenAi } from '../../../contract/operations/openai.ts';
import { AppError } from '../../core/lib/app-error.ts';
import { isObject, type JsonObject } from '../../core/lib/json.ts';
import { parseInput } from '../../core/lib/validation.ts';

/**
 * Two names of one limit: a caller who sets either replaces a preset's or the registry's value for the other.
 */
const limits = ['max_tokens', 'max_completion_tokens'] as const;

function keepOneLimit(params: JsonObject): void {
  const isSet = (name: string) => params[name] !== undefined && params[name] !== null;
  const [a, b] = limits;
  if (isSet(a) !== isSet(b)) params[isSet(a) ? b : a] = null;
}

/**
 * Converts an OpenAI request body to the core's chat. Everything besides `model`, `messages` and `stream` is
 * sent to the provider unchanged, or in its `params`. The caller's own format replaces the module's schema.
 * @throws AppError `invalid_request` for a body that is not an object, and for errors in our own field
 */
export function chatRequestOf(body: unknown): JsonObject {
  if (!isObject(body)) throw new AppError('invalid_request', 'the body has to be a JSON object');
  const { model, messages, stream, comfyvn, ...params } = body;
  keepOneLimit(params);
  // OpenAI's clients retry themselves, and two layers of retries would multiply.
  const chat: JsonObject = { model, messages, params, retries: 0 };
  if (stream !== undefined && stream !== null) chat['stream'] = stream;
  if (params['response_format'] !== undefined && params['response_format'] !== null) chat['schema'] = null;
  if (comfyvn !== undefined) Object.assign(chat, parseInput(chatOfOpenAi, { comfyvn }).comfyvn);
  return chat;
}

/** True if the caller requested the chunk with the token counts. */
export function asksUsage(body: unknown): boolean {
  const options = isObject(body) ? body['stream_options'] : undefined;
  return isObject(options) && options['include_usage'] === true;
}
