import { chatOfOpenAi } from '../../../contract/operations/openai.ts';
import { AppError } from '../../core/app-error.ts';
import { isObject, type JsonObject } from '../../core/json.ts';
import { parseInput } from '../../core/validation.ts';

/** Two names of one limit: a caller who sets either means to replace what a preset or the registry set by the other. */
const limits = ['max_tokens', 'max_completion_tokens'] as const;

function withOneLimit(params: JsonObject): JsonObject {
  const isSet = (name: string) => params[name] !== undefined && params[name] !== null;
  const [a, b] = limits;
  if (isSet(a) === isSet(b)) return params;
  return { ...params, [isSet(a) ? b : a]: null };
}

/**
 * A body of OpenAI's wire as the core's chat. It is free-form: what is not `model`, `messages` and `stream` goes to
 * the provider as it is, or into its `params`. A format of the caller's own takes the place of the module's schema.
 * @throws AppError `invalid_request` for a body that is no object, and for what is wrong in our own field
 */
export function chatRequestOf(body: unknown): JsonObject {
  if (!isObject(body)) throw new AppError('invalid_request', 'the body has to be a JSON object');
  const { model, messages, stream, comfyvn, ...params } = body;
  const own = comfyvn === undefined ? {} : parseInput(chatOfOpenAi, { comfyvn }).comfyvn;
  const ownFormat = params['response_format'] !== undefined && params['response_format'] !== null;
  return {
    ...own,
    model,
    messages,
    params: withOneLimit(params),
    ...(stream === undefined || stream === null ? {} : { stream }),
    ...(ownFormat ? { schema: null } : {}),
  };
}

/** True where the caller asked for the chunk with the token counts. */
export function asksUsage(body: unknown): boolean {
  const options = isObject(body) ? body['stream_options'] : undefined;
  return isObject(options) && options['include_usage'] === true;
}
