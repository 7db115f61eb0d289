import type { JsonObject, RawEvent, StreamPart } from '../define.ts';
import { textOf } from '../shared/parts.ts';
import { arr, isObject, obj, parseJson, str } from '../shared/read.ts';
import { badEvent } from '../shared/wire-error.ts';
import type { Dialect } from './dialect.ts';
import { toError } from './errors.ts';
import { costOf, filterWords, finishOf, reasoningOf, usageOf } from './reply-fields.ts';
import { toolParts, type ToolState } from './stream-tools.ts';

/** State between the chunks of one stream. */
export interface StreamState {
  refusal: string;
  tools: ToolState;
  /** True once the generation's id was reported. */
  referred: boolean;
}

export function newStream(): StreamState {
  return {
    refusal: '',
    referred: false,
    tools: { byIndex: new Map(), count: 0, schemaAt: null, called: false },
  };
}

/**
 * Reads one chunk. `end` is reported with the finish reason, because some servers never send `[DONE]`, and
 * again with `[DONE]`. A chunk with the usage may come in between, so the reader continues until the second
 * `end` or the close.
 */
export function fromStreamEvent(dialect: Dialect, event: RawEvent, state: StreamState): StreamPart[] {
  const data = event.data.trim();
  if (data === '') return [];
  if (data === '[DONE]') return [{ type: 'end' }];
  const chunk = parseJson(data);
  if (chunk === undefined) return [{ type: 'error', error: badEvent(data) }];
  if (!isObject(chunk)) return [];
  const ref = refParts(dialect, chunk, state);
  const word = event.event === 'error' ? undefined : plainWord(chunk);
  if (word !== undefined) return word === '' ? ref : [...ref, { type: 'text', text: word }];
  const error = errorIn(event, chunk);
  if (error) return [{ type: 'error', error: toError(200, error, data) }];
  return [
    ...ref,
    ...choiceParts(firstChoice(chunk), state),
    ...usageParts(dialect, chunk),
    ...endParts(chunk),
  ];
}

/** The generation's id, once, if the provider lets its cost be queried with it (OpenRouter). */
function refParts(dialect: Dialect, chunk: JsonObject, state: StreamState): StreamPart[] {
  const id = str(chunk.id);
  if (!dialect.tellsCost || state.referred || !id) return [];
  state.referred = true;
  return [{ type: 'ref', id }];
}

/** The text of a chunk that contains nothing else, the usual case; undefined if there is more to read. */
function plainWord(chunk: JsonObject): string | undefined {
  const { choices } = chunk;
  if (chunk.error || chunk.usage || chunk.x_groq || !Array.isArray(choices) || choices.length !== 1)
    return undefined;
  const choice: unknown = choices[0];
  if (!isObject(choice) || choice.finish_reason || choice.error || choice.usage || choice.text)
    return undefined;
  if ((choice.index ?? 0) !== 0) return undefined;
  const { delta } = choice;
  if (!isObject(delta) || typeof delta.content !== 'string') return undefined;
  for (const name in delta) if (name !== 'content' && name !== 'role' && delta[name]) return undefined;
  return delta.content;
}

/** The error body in a chunk: its own, its choice's (OpenRouter), or the whole of an event named `error`. */
function errorIn(event: RawEvent, chunk: JsonObject): JsonObject | undefined {
  if (isObject(chunk.error) || str(chunk.error)) return chunk;
  const { error } = firstChoice(chunk);
  if (isObject(error)) return { error };
  return event.event === 'error' ? chunk : undefined;
}

function firstChoice(chunk: JsonObject): JsonObject {
  return obj(arr(chunk.choices).find((choice) => (obj(choice).index ?? 0) === 0));
}

function choiceParts(choice: JsonObject, state: StreamState): StreamPart[] {
  // Relays that only simulate streaming send the whole message in one chunk.
  const delta = isObject(choice.delta) ? choice.delta : obj(choice.message);
  const reasoning = reasoningOf(delta);
  const text = textOf(delta.content) || (str(choice.text) ?? '');
  state.refusal += str(delta.refusal) ?? '';
  return [
    ...(reasoning === undefined ? [] : [{ type: 'reasoning' as const, text: reasoning }]),
    ...(text === '' ? [] : [{ type: 'text' as const, text }]),
    ...toolParts(delta, state.tools),
    ...finishParts(choice, state),
  ];
}

function finishParts(choice: JsonObject, state: StreamState): StreamPart[] {
  const finish = finishOf(choice.finish_reason);
  if (finish === null) return [];
  const filtered = state.refusal || (finish === 'content_filter' ? filterWords(choice) : '');
  const schemaOnly = finish === 'tool_calls' && state.tools.schemaAt !== null && !state.tools.called;
  return [
    ...(filtered ? [{ type: 'filtered' as const, message: filtered }] : []),
    { type: 'finish', reason: schemaOnly ? 'stop' : finish },
  ];
}

function usageParts(dialect: Dialect, chunk: JsonObject): StreamPart[] {
  const usage = usageOf(chunk);
  if (!usage) return [];
  const costUsd = dialect.tellsCost ? costOf(chunk) : undefined;
  return [{ type: 'usage', usage, ...(costUsd === undefined ? {} : { costUsd }) }];
}

function endParts(chunk: JsonObject): StreamPart[] {
  return finishOf(firstChoice(chunk).finish_reason) === null ? [] : [{ type: 'end' }];
}
