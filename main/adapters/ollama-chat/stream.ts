import type { JsonObject, RawEvent, StreamPart } from '../define.ts';
import { isObject, obj, parseJson, str } from '../shared/read.ts';
import { badEvent, providerError } from '../shared/wire-error.ts';
import { callsOf, finishOf, usageOf } from './reply.ts';

/** State between the lines of one stream. */
export interface OllamaStream {
  calls: number;
}

export function newStream(): OllamaStream {
  return { calls: 0 };
}

/**
 * Reads one line of NDJSON. The line with `done: true` is the end; `{ "error": "…" }` may come instead.
 * Source: https://docs.ollama.com/api/errors (errors that occur while streaming)
 */
export function fromStreamEvent(event: RawEvent, state: OllamaStream): StreamPart[] {
  const line = event.data.trim();
  if (line === '') return [];
  const json = parseJson(line);
  if (json === undefined) return [{ type: 'error', error: badEvent(line) }];
  if (!isObject(json)) return [];
  if (json.error !== undefined) return [{ type: 'error', error: providerError(200, json, line) }];
  return [...messageParts(json, state), ...endParts(json, state)];
}

function messageParts(reply: JsonObject, state: OllamaStream): StreamPart[] {
  const { thinking, content } = obj(reply.message);
  const calls = callsOf(reply, state.calls);
  const tools = calls.map(({ id, function: fn }, callIndex): StreamPart => {
    return { type: 'tool', index: state.calls + callIndex, id, name: fn.name, arguments: fn.arguments };
  });
  state.calls += calls.length;
  return [
    ...(str(thinking) ? [{ type: 'reasoning' as const, text: str(thinking) ?? '' }] : []),
    ...(str(content) ? [{ type: 'text' as const, text: str(content) ?? '' }] : []),
    ...tools,
  ];
}

function endParts(reply: JsonObject, state: OllamaStream): StreamPart[] {
  if (reply.done !== true) return [];
  const usage = usageOf(reply);
  const finish = finishOf(reply, state.calls > 0);
  return [
    ...(usage ? [{ type: 'usage' as const, usage }] : []),
    ...(finish ? [{ type: 'finish' as const, reason: finish }] : []),
    { type: 'end' },
  ];
}
