import { createParser } from 'eventsource-parser';
import type { Adapter, RawEvent, StreamPart } from '../define.ts';

/** Splits bytes into pieces of the given sizes, repeatedly; a size below 1 counts as 1. */
export function cutBytes(bytes: Uint8Array, sizes: number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

/** The events in a stream's bytes. An incomplete event or line at the end is ignored. */
export function eventsIn(framing: Adapter['framing'], pieces: Uint8Array[]): RawEvent[] {
  const decoder = new TextDecoder();
  const text = pieces.map((piece) => decoder.decode(piece, { stream: true }));
  return framing === 'sse' ? sseEvents(text) : ndjsonEvents(text);
}

function sseEvents(text: string[]): RawEvent[] {
  const events: RawEvent[] = [];
  const parser = createParser({ onEvent: ({ event, data }) => events.push({ event, data }) });
  for (const piece of text) parser.feed(piece);
  return events;
}

function ndjsonEvents(text: string[]): RawEvent[] {
  const lines = text.join('').split(/\r?\n/).slice(0, -1);
  return lines.filter((line) => line.trim() !== '').map((data) => ({ data }));
}

/** All parts of a stream, in order. */
export function partsOf(adapter: Adapter, events: RawEvent[]): StreamPart[] {
  const state = adapter.newStream();
  return events.flatMap((event) => adapter.fromStreamEvent(event, state));
}
