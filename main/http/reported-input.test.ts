import { expect, test } from 'vitest';
import { openAiReply, startUpstream } from '../core/__fixtures__/upstream.ts';
import { testServer } from './__fixtures__/test-server.ts';

const messages = [{ role: 'user', content: 'hi' }];
const model = 'lmstudio_local/hermes-3-llama-3.1-8b';
const secret = 'abc-0123456789';

test.each([
  ['/v1/chat/completions', { model, messages }],
  ['/v1/chat/completions', { model, messages, stream: true }],
  ['/api/llm/chat', { provider: 'lmstudio_local', messages }],
  ['/api/llm/chat', { provider: 'lmstudio_local', messages, stream: true }],
  ['/api/llm/test-call', { provider: 'lmstudio_local', messages }],
])('a key that no header can carry is refused by %s before anything is sent: %j', async (path, body) => {
  const upstream = await startUpstream(openAiReply('ok'));
  const { send } = await testServer({
    env: {
      COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1`,
      COMFYVN_LLM_LMSTUDIO_LOCAL_API_KEY: `Bearer sk-${secret}`,
    },
  });
  const reply = await send({ method: 'POST', path, body });
  expect(reply.text).toContain('missing_key');
  expect(reply.text).toContain('COMFYVN_LLM_LMSTUDIO_LOCAL_API_KEY');
  expect(reply.text).not.toContain(secret);
  expect(upstream.requests).toEqual([]);
});

test('a registration with a pasted endpoint is answered with the corrected address, and /v1 calls it there', async () => {
  const upstream = await startUpstream(openAiReply('ok'));
  const { send } = await testServer();
  const metadata = { base_url: `"${upstream.url}/v1/chat/completions?api-version=1"`, models: ['m'] };
  const made = await send({
    method: 'POST',
    path: '/api/llm/runtime/register',
    body: { id: 'pasted', provider: 'openai_compat', metadata },
  });
  expect(made.json()).toMatchObject({
    ok: true,
    adapter: { metadata: { base_url: `${upstream.url}/v1?api-version=1` } },
    warnings: [expect.stringContaining(`is used as ${upstream.url}/v1: `)],
  });
  const answer = await send({
    method: 'POST',
    path: '/v1/chat/completions',
    body: { model: 'pasted/m', messages },
  });
  expect(answer.status).toBe(200);
  expect(upstream.requests[0]?.path).toBe('/v1/chat/completions?api-version=1');
});

test('the registry reports an address that is corrected', async () => {
  const { send } = await testServer({
    env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: 'http://127.0.0.1:9/v1/models' },
  });
  const { warnings, networks } = (await send({ path: '/api/llm/registry' })).json();
  expect(warnings).toEqual([
    expect.stringMatching(/^COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL is used as http:\/\/127\.0\.0\.1:9\/v1: /),
  ]);
  expect(networks).toEqual([]);
});
