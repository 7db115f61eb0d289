import { expect, test } from 'vitest';
import type { StreamEvent } from '../../contract/events.ts';
import { envelopeOfEnd, readChatStream } from './chat-stream.ts';

const stream = (...events: [string, unknown][]) =>
  new Response(events.map(([event, data]) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`).join(''));

test('a stream that ends without its last event is a failure', async () => {
  const seen: StreamEvent[] = [];
  const end = await readChatStream(stream(['delta', { text: 'half' }]), (event) => seen.push(event), 'call');
  expect(seen).toEqual([{ event: 'delta', data: { text: 'half' } }]);
  expect(end).toMatchObject({ ok: false, error: { code: 'provider_interrupted' } });
  expect(envelopeOfEnd(undefined, 'call').ok).toBe(false);
});

test('an error in a stream keeps its code, details and request id', async () => {
  const body = {
    ok: false,
    code: 'provider_timeout',
    message: 'm',
    error: 'm',
    details: { provider: 'p' },
    request_id: 'r',
  };
  const end = await readChatStream(stream(['start', {}], ['error', body]), () => undefined, 'call');
  expect(end).toEqual({
    ok: false,
    error: { code: 'provider_timeout', message: 'm', details: { provider: 'p' }, request_id: 'r' },
  });
});

test('the answer is in the last event', async () => {
  const end = await readChatStream(
    stream(['delta', { text: 'a' }], ['done', { reply: 'a' }]),
    () => undefined,
    'call',
  );
  expect(end).toEqual({ ok: true, data: { reply: 'a' } });
});
