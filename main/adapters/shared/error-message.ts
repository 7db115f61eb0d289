import { isObject, obj, parseJson, str } from './read.ts';

const maxBodyLength = 2000;

/** A provider's own message, and its own code if there is one. */
export interface ProviderWords {
  message: string;
  code: string | null;
}

/**
 * Finds a provider's message in an error body of any shape: `{error: {message, code | status | type}}`,
 * `{error: "text"}`, `{message}`, `{detail}` (text or FastAPI's list), a list with one such body, a JSON
 * string, HTML or plain text. If none is found, the body's text is used, truncated to 2,000 characters.
 */
export function providerWords(status: number, json: unknown, text: string): ProviderWords {
  const body = Array.isArray(json) ? json[0] : (json ?? parseJson(text));
  const message = wordsIn(body);
  return { message: message ?? bodyText(status, text), code: codeIn(body) };
}

/**
 * True for an error object in the format of model servers: `{ error: { message | code | type } }`, `{ error:
 * "text" }`, `{ object: "error", message }` (vLLM, Mistral), FastAPI's `{ detail }`, or a list with one of
 * these. Gateways in front of a server send a bare `{ message }`.
 */
export function isErrorObject(json: unknown, text: string): boolean {
  const parsed = json ?? parseJson(text);
  const body = obj(Array.isArray(parsed) ? parsed[0] : parsed);
  const error = obj(body.error);
  if (filled(body.error)) return true;
  if (filled(error.message) || filled(error.code) || filled(error.type) || filled(error.status)) return true;
  if ((body.object === 'error' || body.type === 'error') && filled(body.message)) return true;
  return filled(body.detail) !== undefined || Array.isArray(body.detail);
}

function wordsIn(body: unknown): string | undefined {
  if (typeof body === 'string') return filled(body);
  const { error, message, detail, msg } = obj(body);
  return (
    filled(error) ??
    (isObject(error) ? wordsIn(error) : undefined) ??
    filled(message) ??
    (isObject(message) ? wordsIn(message) : undefined) ??
    filled(detail) ??
    (isObject(detail) ? wordsIn(detail) : undefined) ??
    (Array.isArray(detail) ? filled(detail.map((entry) => wordsIn(entry) ?? '').join('; ')) : undefined) ??
    filled(msg)
  );
}

/**
 * The most specific of code, status and type: a word before a number, which usually repeats the HTTP status.
 */
function codeIn(body: unknown): string | null {
  const outer = obj(body);
  const error = isObject(outer.error) ? outer.error : outer;
  const named = filled(error.code) ?? filled(error.status) ?? filled(error.type);
  return named ?? (typeof error.code === 'number' ? String(error.code) : null);
}

function bodyText(status: number, text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return `HTTP ${status} with an empty body`;
  return trimmed.length > maxBodyLength ? `${trimmed.slice(0, maxBodyLength)}…` : trimmed;
}

function filled(value: unknown): string | undefined {
  const text = str(value);
  return text === undefined || text.trim() === '' ? undefined : text;
}
