import type { JsonObject, RawEvent, StreamPart } from '../define.ts';
import { isObject, num, obj, parseJson, str } from '../shared/read.ts';
import { badEvent } from '../shared/wire-error.ts';
import { streamError } from './errors.ts';
import { finishReason, refusal } from './stop-reason.ts';
import { blockDelta, blockStart, blockStop } from './stream-blocks.ts';
import type { AnthropicStream } from './stream-state.ts';
import { anthropicUsage } from './usage.ts';

/**
 * Reads one event of https://platform.claude.com/docs/en/build-with-claude/streaming. Only `message_stop`
 * completes a stream. Unknown types, pings and events after the end are ignored. Of several usages the last
 * one counts.
 */
export function fromStreamEvent(event: RawEvent, state: AnthropicStream): StreamPart[] {
  const data = event.data.trim();
  if (data === '' || data === '[DONE]' || state.ended) return [];
  const json = parseJson(data);
  if (!isObject(json)) return event.event === 'ping' ? [] : [{ type: 'error', error: badEvent(event.data) }];
  const index = num(json.index) ?? 0;
  switch (json.type ?? event.event) {
    case 'message_start':
      return usagePart(obj(json.message).usage, state);
    case 'content_block_start':
      return blockStart(index, obj(json.content_block), state);
    case 'content_block_delta':
      return blockDelta(index, obj(json.delta), state);
    case 'content_block_stop':
      return blockStop(index, state);
    case 'message_delta':
      return messageDelta(json, state);
    case 'message_stop':
      state.ended = true;
      return [...closeBlocks(state), { type: 'end' }];
    default:
      return isError(json, event) ? [{ type: 'error', error: streamError(json, data) }] : [];
  }
}

function messageDelta(json: JsonObject, state: AnthropicStream): StreamPart[] {
  const delta = obj(json.delta);
  const parts = [
    ...(str(delta.stop_reason) === undefined ? [] : closeBlocks(state)),
    ...usagePart(json.usage, state),
  ];
  const filtered = refusal(delta);
  if (filtered !== undefined) parts.push({ type: 'filtered', message: filtered });
  const reason = finishReason(delta.stop_reason, state.calls);
  if (reason !== null) parts.push({ type: 'finish', reason });
  return parts;
}

/** Reports buffered input at the end of a stream whose server omits `content_block_stop`. */
function closeBlocks(state: AnthropicStream): StreamPart[] {
  return [...state.blocks.keys()].flatMap((index) => blockStop(index, state));
}

/** Counts are running totals; a null or missing count keeps the earlier value. */
function usagePart(reported: unknown, state: AnthropicStream): StreamPart[] {
  const counts = Object.entries(obj(reported)).filter(([, value]) => value !== null);
  if (counts.length === 0) return [];
  state.usage = { ...state.usage, ...Object.fromEntries(counts) };
  const usage = anthropicUsage(state.usage);
  return usage === null ? [] : [{ type: 'usage', usage }];
}

/** Proxies insert their own error objects into the stream, some without a type. */
function isError(json: JsonObject, event: RawEvent): boolean {
  return json.type === 'error' || event.event === 'error' || (json.type === undefined && 'error' in json);
}
