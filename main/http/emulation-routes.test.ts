import { expect, test } from 'vitest';
import { testServer, type Call } from './__fixtures__/test-server.ts';

const post = (path: string, body: unknown): Call => ({
  method: 'POST',
  path: `/api/emulation/${path}`,
  body,
});
const hi = { messages: [{ role: 'user', content: 'Hi' }], provider: 'stub' };

test('off: the status is readable, a persona can be created, and a chat is a 503', async () => {
  const { send } = await testServer();
  const status = await send({ path: '/api/emulation/status' });
  expect(status.json()).toMatchObject({
    ok: true,
    feature_flag: 'SillyCompatOffload',
    enabled: false,
    persona_count: 0,
    personas: [],
  });
  const persona = await send(
    post('persona', { persona_id: 'mika', memory: [{ content: 'Hello' }], style_guides: ['short'] }),
  );
  expect(persona.json()).toMatchObject({
    ok: true,
    persona_id: 'mika',
    memory: [{ role: 'user', content: 'Hello' }],
    style_guides: ['short'],
    safety: {},
    metadata: {},
  });
  const chat = await send(post('chat', { ...hi, persona_id: 'mika' }));
  expect([chat.status, chat.json()['code']]).toEqual([503, 'emulation_off']);
});

test('on: the stub answers, and the status shows the memory', async () => {
  const { send } = await testServer();
  expect((await send(post('toggle', { enabled: true }))).json()).toMatchObject({ ok: true, enabled: true });
  const chat = await send(post('chat', { ...hi, persona_id: 'mika' }));
  expect(chat.json()).toMatchObject({
    ok: true,
    reply: 'Hi',
    metadata: { persona_id: 'mika', module: 'persona', provider: 'stub', model: 'stub-echo' },
    raw: null,
    headers: {},
    status: 200,
  });
  const status = (await send({ path: '/api/emulation/status' })).json();
  expect(status).toMatchObject({ enabled: true, persona_count: 1, personas: [{ persona_id: 'mika' }] });
  expect((status['personas'] as { memory: unknown[] }[])[0]?.memory).toEqual([
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hi' },
  ]);
  expect((await send(post('toggle', { enabled: false }))).json()['enabled']).toBe(false);
  expect((await send(post('chat', hi))).status).toBe(503);
});

test.each([
  ['toggle', {}, 'enabled'],
  ['toggle', { enabled: 'yes' }, 'enabled'],
  ['persona', {}, 'persona_id'],
  ['persona', { persona_id: '  ' }, 'persona_id'],
  ['persona', { persona_id: 'm', style_guide: [] }, 'did you mean "style_guides"'],
  ['chat', { messages: [] }, 'messages'],
  ['chat', { ...hi, stream: true }, 'stream'],
])('POST %s %j is a 400 that names the field', async (path, body, words) => {
  const { send } = await testServer({ env: { COMFYVN_SILLY_COMPAT_OFFLOAD: '1' } });
  const reply = await send(post(path, body));
  expect([reply.status, reply.json()['code']]).toEqual([400, 'invalid_request']);
  expect(reply.json()['message']).toContain(words);
});
