import type { RawEvent, StreamPart } from '../define.ts';
import { isObject, parseJson, str } from '../shared/read.ts';
import { badEvent, wireError } from '../shared/wire-error.ts';

/** A line of `{ "text": "…" }`, `{ "error": "…" }` or, at the end, `{ "done": true }`. */
export function fromStreamEvent(event: RawEvent): StreamPart[] {
  const line = event.data.trim();
  if (line === '') return [];
  const json = parseJson(line);
  if (json === undefined) return [{ type: 'error', error: badEvent(line) }];
  if (!isObject(json)) return [];
  if (json.error !== undefined) return [{ type: 'error', error: wireError(200, json, line) }];
  const text = str(json.text);
  return [
    ...(text ? [{ type: 'text' as const, text }] : []),
    ...(json.done === true ? [{ type: 'finish' as const, reason: 'stop' as const }, { type: 'end' as const }] : []),
  ];
}
