import { chatOfOpenAi } from '../../../contract/operations/openai.ts';
import { AppError } from '../../core/lib/app-error.ts';
import { isObject, type JsonObject } from '../../core/lib/json.ts';
import { parseInput } from '../../core/lib/validation.ts';

/** Two names of one limit: a caller who sets either means to replace what a preset or the registry set by the other. */
const limits = ['max_tokens', 'max_completion_tokens'] as const;

function keepOneLimit(params: JsonObject): void {
  const isSet = (name: string) => params[name] !== undefined && params[name] !== null;
  const [a, b] = limits;
  if (isSet(a) !== isSet(b)) params[isSet(a) ? b : a] = null;
}

/**
 * A body of OpenAI's protocol as the core's chat. It is free-form: what is not `model`, `messages` and `stream` goes to
 * the provider as it is, or into its `params`. A format of the caller's own takes the place of the module's schema.
 * @throws AppError `invalid_request` for a body that is no object, and for what is wrong in our own field
 */
export function chatRequestOf(body: unknown): JsonObject {
  if (!isObject(body)) throw new AppError('invalid_request', 'the body has to be a JSON object');
  const { model, messages, stream, comfyvn, ...params } = body;
  keepOneLimit(params);
  // OpenAI's clients ask again themselves: two layers of retries multiply.
  const chat: JsonObject = { model, messages, params, retries: 0 };
  if (stream !== undefined && stream !== null) chat['stream'] = stream;
  if (params['response_format'] !== undefined && params['response_format'] !== null) chat['schema'] = null;
  if (comfyvn !== undefined) Object.assign(chat, parseInput(chatOfOpenAi, { comfyvn }).comfyvn);
  return chat;
}

/** True where the caller asked for the chunk with the token counts. */
export function asksUsage(body: unknown): boolean {
  const options = isObject(body) ? body['stream_options'] : undefined;
  return isObject(options) && options['include_usage'] === true;
}
