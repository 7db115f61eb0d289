import { describe, expect, test } from 'vitest';
import { testServer, type Call } from './__fixtures__/test-server.ts';

const stubChat = { provider: 'stub', messages: [{ role: 'user', content: 'Ping' }] };
const chat = (body: unknown): Call => ({ method: 'POST', path: '/api/llm/chat', body });
const fieldsOf = (reply: { json(): Record<string, unknown> }) =>
  (reply.json()['details'] as { fields: { path: string; message: string }[] }).fields;

describe('unknown fields are reported as typos', () => {
  test('each with the closest known name', async () => {
    const reply = await (
      await testServer()
    ).send(chat({ ...stubChat, temprature: 1, modle: 'x', quux_quux: 1 }));
    expect(reply.status).toBe(400);
    expect(fieldsOf(reply)).toMatchObject([
      { path: 'temprature', message: 'unknown field "temprature"; did you mean "temperature"?' },
      { path: 'modle', message: expect.stringMatching(/did you mean "(model|module)"/) },
      { path: 'quux_quux', message: 'unknown field "quux_quux"' },
    ]);
  });

  test('in a registration and a test call too, each with its own fields', async () => {
    const { send } = await testServer();
    const register = await send({
      method: 'POST',
      path: '/api/llm/runtime/register',
      body: { id: 'x', provder: 'stub', provider: 'stub' },
    });
    expect(fieldsOf(register)).toMatchObject([
      { path: 'provder', message: 'unknown field "provder"; did you mean "provider"?' },
    ]);
    const call = await send({
      method: 'POST',
      path: '/api/llm/test-call',
      body: { registry_id: 'stub', promt: 'x' },
    });
    expect(fieldsOf(call)).toMatchObject([
      { path: 'promt', message: 'unknown field "promt"; did you mean "prompt"?' },
    ]);
  });

  test('a validation error lists every invalid field by its path', async () => {
    const messages = [{ role: 'user', content: 'x' }, { role: 'narrator' }, 'hello'];
    const reply = await (
      await testServer()
    ).send(chat({ messages, retries: 9, provider: 5, temperature: 'hot' }));
    expect(reply.status).toBe(400);
    expect(
      fieldsOf(reply)
        .map((f) => f.path)
        .sort(),
    ).toEqual(['messages[1].role', 'messages[2]', 'provider', 'retries', 'temperature']);
    for (const { path } of fieldsOf(reply)) expect(reply.json()['message']).toContain(path);
  });

  test('OpenAI’s fields, ComfyVN’s fields and free-form objects are not unknown', async () => {
    const openAi = {
      temperature: 0.5,
      top_p: 1,
      max_tokens: 5,
      stop: ['x'],
      seed: 1,
      presence_penalty: 0,
      frequency_penalty: 0,
      response_format: { type: 'text' },
      tools: [],
      tool_choice: 'auto',
      n: 1,
      user: 'u',
      stream_options: {},
    };
    const comfyvn = { tags: ['nsfw'], acknowledged: true, ack_token: 'abc' };
    const free = {
      params: { mirostat: 2 },
      metadata: { a: 1 },
      context: { scene: 3 },
      provider_options: { body: { b: 1 } },
    };
    const messages = [{ role: 'user', content: 'Ping', name: 'a studio', cache: true }];
    const { send } = await testServer();
    const reply = await send(chat({ provider: 'stub', messages, ...openAi, ...comfyvn, ...free }));
    expect([reply.status, reply.json()['reply'], reply.json()['context']]).toEqual([
      200,
      'Ping',
      { scene: 3 },
    ]);
    const body = { registry_id: 'stub', messages, ...openAi, ...comfyvn };
    expect((await send({ method: 'POST', path: '/api/llm/test-call', body })).status).toBe(200);
  });
});

test('a refresh with a typo is refused, not partly carried out', async () => {
  const reply = await (
    await testServer()
  ).send({ method: 'POST', path: '/api/llm/refresh', body: { force: true } });
  expect([reply.status, fieldsOf(reply)]).toMatchObject([
    400,
    [{ path: 'force', message: 'unknown field "force"' }],
  ]);
});
