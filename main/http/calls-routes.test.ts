import { expect, test } from 'vitest';
import type { CallDetail, CallPage } from '../../contract/call-log.ts';
import { testServer } from './__fixtures__/test-server.ts';

const body = { provider: 'stub', messages: [{ role: 'user', content: 'Ping' }] };

test('the log is readable over HTTP: newest first, page by page, with each call’s request id', async () => {
  const { send } = await testServer();
  for (const id of ['scene-1', 'scene-1', 'scene-2'])
    await send({ method: 'POST', path: '/api/llm/chat', headers: { 'x-request-id': id }, body });
  const reply = await send({ path: '/api/llm/calls?limit=2', headers: { 'x-request-id': 'asking' } });
  expect(reply.status).toBe(200);
  const page = reply.json() as unknown as CallPage & { ok: true; request_id: string };
  expect(page).toMatchObject({ ok: true, request_id: 'asking' });
  expect(page.calls.map((call) => [call.request_id, call.door])).toEqual([
    ['scene-2', 'http'],
    ['scene-1', 'http'],
  ]);
  const rest = (await send({ path: `/api/llm/calls?before=${page.next}` })).json() as unknown as CallPage;
  expect(rest).toMatchObject({ calls: [{ request_id: 'scene-1' }], next: null });
  const one = (await send({ path: `/api/llm/calls/${rest.calls[0]?.id}` })).json() as unknown as {
    call: CallDetail;
  };
  expect(one.call).toMatchObject({ request_id: 'scene-1', provider: 'stub', bodies: null, steps: [] });
});

test('filters in the URL narrow the list, and an invalid one is a 400', async () => {
  const { send } = await testServer();
  await send({ method: 'POST', path: '/api/llm/chat', body });
  await send({ method: 'POST', path: '/api/llm/chat', body: { ...body, provider: 'nobody' } });
  const count = async (query: string) =>
    ((await send({ path: `/api/llm/calls?${query}` })).json() as unknown as CallPage).calls?.length;
  expect(await count('')).toBe(2);
  expect(await count('provider=stub')).toBe(1);
  expect(await count('status=404')).toBe(1);
  expect(await count('ok=false')).toBe(1);
  expect(await count('ok=1&mode=mock')).toBe(1);
  expect(await count('text=nobody')).toBe(1);
  for (const bad of [
    'limit=0',
    'limit=501',
    'limit=many',
    'before=yesterday',
    'provder=stub',
    'mode=sometimes',
    'day=2026-13-01',
    '__proto__=1',
  ])
    expect((await send({ path: `/api/llm/calls?${bad}` })).status, bad).toBe(400);
  expect((await send({ path: '/api/llm/calls/nothing-of-the-kind' })).status).toBe(400);
  expect((await send({ path: `/api/llm/calls/${'0'.repeat(18)}` })).status).toBe(404);
});
