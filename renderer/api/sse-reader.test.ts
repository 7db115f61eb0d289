import { expect, test } from 'vitest';
import type { SseEvent } from './sse-reader.ts';
import { createSseReader, readSse } from './sse-reader.ts';

function readAll(chunks: string[]): SseEvent[] {
  const events: SseEvent[] = [];
  const read = createSseReader((event) => events.push(event));
  for (const chunk of chunks) read(chunk);
  return events;
}

test('an event split between two chunks arrives once and complete', () => {
  const text = ': open\n\nevent: delta\ndata: {"text":"a: b"}\n\n';
  for (let cut = 0; cut <= text.length; cut += 1) {
    expect(readAll([text.slice(0, cut), text.slice(cut)])).toEqual([
      { event: 'delta', data: '{"text":"a: b"}' },
    ]);
  }
});

test('an event name does not apply to the next event', () => {
  expect(readAll(['event: done\ndata: 1\n\ndata: 2\n\n'])).toEqual([
    { event: 'done', data: '1' },
    { event: 'message', data: '2' },
  ]);
});

test('CRLF, several data lines and heartbeats are parsed', () => {
  expect(readAll([': still here\r\n\r\ndata:x\r\ndata: y\r\n\r\n'])).toEqual([
    { event: 'message', data: 'x\ny' },
  ]);
});

test('an event that is cut off is dropped', () => {
  expect(readAll(['data: {"half":'])).toEqual([]);
});

test('a character split between two chunks is decoded', async () => {
  const bytes = new TextEncoder().encode('data: 雨\n\n');
  const body = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
      controller.close();
    },
  });
  const events: SseEvent[] = [];
  await readSse(new Response(body), (event) => events.push(event));
  expect(events).toEqual([{ event: 'message', data: '雨' }]);
});
