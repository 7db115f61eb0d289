import { expect, test } from 'vitest';
import { testServer } from './__fixtures__/test-server.ts';

// The three `curl` commands with which a modder starts, with curl's headers.
const curl = { 'user-agent': 'curl/8.5.0', accept: '*/*' };

test('line 1: every provider of the registry has a name, models and tags', async () => {
  const { send } = await testServer();
  const reply = await send({ path: '/api/llm/registry', headers: curl });
  const { providers } = reply.json() as {
    providers: { name: string; models: { id: string; tags: string[] }[] }[];
  };
  expect(reply.status).toBe(200);
  expect(providers.map((p) => p.name).sort()).toEqual([
    'anthropic_public',
    'azure_openai',
    'google_gemini',
    'lmstudio_local',
    'ollama_default',
    'openai_public',
    'openrouter',
    'stub',
  ]);
  for (const provider of providers) {
    expect(provider.models.length, provider.name).toBeGreaterThan(0);
    for (const model of provider.models)
      expect(model.tags.length, `${provider.name}/${model.id}`).toBeGreaterThan(0);
  }
});

test('line 2: a registration needs only an id, a provider, a label and modes', async () => {
  const { send } = await testServer();
  const body =
    '{"id": "lmstudio-dev", "provider": "lmstudio_local", "label": "LM Studio Dev", "modes": ["chat"]}';
  const headers = { ...curl, 'content-type': 'application/json' };
  const reply = await send({ method: 'POST', path: '/api/llm/runtime/register', headers, body });
  expect(reply.status).toBe(200);
  expect(reply.json()).toMatchObject({
    ok: true,
    adapter: {
      adapter_id: 'lmstudio-dev',
      provider: 'lmstudio_local',
      label: 'LM Studio Dev',
      modes: ['chat'],
      metadata: {},
    },
  });
  const { runtime } = (await send({ path: '/api/llm/registry', headers: curl })).json();
  expect(runtime).toMatchObject([{ adapter_id: 'lmstudio-dev' }]);
});

test('line 3: the stub answers a test call with the last user message', async () => {
  const { send } = await testServer();
  const body = '{"registry_id": "stub", "messages": [{"role": "user", "content": "Ping"}]}';
  const headers = { ...curl, 'content-type': 'application/json' };
  const reply = await send({ method: 'POST', path: '/api/llm/test-call', headers, body });
  expect(reply.status).toBe(200);
  expect(reply.json()).toMatchObject({
    ok: true,
    reply: 'Ping',
    data: { reply: 'Ping' },
    rating_gate: null,
    dry_run: false,
  });
});
