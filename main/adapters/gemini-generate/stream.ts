import type { JsonObject, RawEvent, StreamPart } from '../define.ts';
import { isObject, obj, parseJson } from '../shared/read.ts';
import { badEvent } from '../shared/wire-error.ts';
import { toError } from './errors.ts';
import { blockedPrompt, blockedReply, finishOf } from './finish.ts';
import { candidateOf, replyParts, usageOf, type ReplyPart } from './reply-parts.ts';

/** State between the chunks of one stream. */
export interface GeminiStream {
  calls: number;
  /** The latest counts; every chunk repeats them. */
  usage: string;
  ended: boolean;
}

export function newStream(): GeminiStream {
  return { calls: 0, usage: '', ended: false };
}

/**
 * Reads one chunk: a whole GenerateContentResponse with the new content. Counts are running totals, so the
 * last one counts. There is no closing event: the chunk with a finishReason (or a refused prompt) is the end.
 * It is reported only once, because models before 2.0 repeat `STOP` in every chunk, and counts may follow.
 */
export function fromStreamEvent(event: RawEvent, state: GeminiStream): StreamPart[] {
  const data = event.data.trim();
  if (data === '' || data === '[DONE]') return [];
  const json = parseJson(data);
  if (json === undefined) return [{ type: 'error', error: badEvent(data) }];
  const chunk = Array.isArray(json) ? json[0] : json;
  if (!isObject(chunk)) return [];
  if (chunk.error !== undefined) return [{ type: 'error', error: toError(200, chunk, data) }];
  const parts = replyParts(chunk, state.calls).map((part) => streamPart(part, state));
  return [...parts, ...usageParts(chunk, state), ...endParts(chunk, state)];
}

function streamPart(part: ReplyPart, state: GeminiStream): StreamPart {
  if (part.kind !== 'call') return { type: part.kind, text: part.text };
  const { id, type: _, function: fn, ...signature } = part.call;
  const index = state.calls;
  state.calls += 1;
  return { type: 'tool', index, id, name: fn.name, arguments: fn.arguments, ...signature };
}

function usageParts(chunk: JsonObject, state: GeminiStream): StreamPart[] {
  const usage = usageOf(chunk);
  const reported = JSON.stringify(usage);
  if (!usage || reported === state.usage) return [];
  state.usage = reported;
  return [{ type: 'usage', usage }];
}

function endParts(chunk: JsonObject, state: GeminiStream): StreamPart[] {
  const candidate = candidateOf(chunk);
  const refused = blockedPrompt(obj(chunk.promptFeedback));
  const finish = refused === undefined ? finishOf(candidate, state.calls > 0) : 'content_filter';
  if (finish === null) return [];
  const filtered = refused ?? blockedReply(candidate);
  const first = !state.ended;
  state.ended = true;
  return [
    ...(filtered === undefined ? [] : [{ type: 'filtered' as const, message: filtered }]),
    { type: 'finish', reason: finish },
    ...(first ? [{ type: 'end' as const }] : []),
  ];
}
