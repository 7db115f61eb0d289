import { expect, it } from 'vitest';
import { openAiReply, startUpstream } from '../core/__fixtures__/upstream.ts';
import { testServer, type TestServer } from './__fixtures__/test-server.ts';

const messages = [{ role: 'user', content: 'hi' }];
const chat = (body: object) => ({
  method: 'POST',
  path: '/api/llm/chat',
  body: { messages, retries: 0, ...body },
});
const metricsOf = async (transport: TestServer) => (await transport.send({ path: '/metrics' })).text;

it('calls before the first scrape count too', async () => {
  const upstream = await startUpstream(openAiReply('one'), { status: 500, body: {} });
  const transport = await testServer({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1` } });
  const [model = ''] =
    (await transport.ask('registry.get')).providers
      .find((p) => p.name === 'lmstudio_local')
      ?.models.map((m) => m.id) ?? [];
  await transport.send(chat({ provider: 'lmstudio_local', model }));
  await transport.send(chat({ provider: 'lmstudio_local', model }));
  const text = await metricsOf(transport);
  const target = `provider="lmstudio_local",model="${model}"`;
  expect(text).toContain(`comfyvn_llm_calls_total{${target},mode="live",code="ok"} 1`);
  expect(text).toMatch(
    new RegExp(`comfyvn_llm_calls_total\\{${target},mode="live",code="provider_[a-z]+"\\} 1`),
  );
  expect(text).toContain(`comfyvn_llm_tokens_total{${target},kind="prompt"} 7`);
  expect(text).toContain(`comfyvn_llm_call_seconds_count{${target}} 2`);
  expect(text).toContain(
    'comfyvn_llm_http_requests_total{method="POST",route="/api/llm/chat",status="200"} 1',
  );
  expect(text).toContain('comfyvn_llm_process_resident_memory_bytes');
});

it('callers cannot create labels: any name outside the registry is "other"', async () => {
  const upstream = await startUpstream();
  const transport = await testServer();
  const metadata = { base_url: `${upstream.url}/v1`, models: ['sk-secret-model'] };
  await transport.send({
    method: 'POST',
    path: '/api/llm/runtime/register',
    body: { id: 'sk-secret-id', provider: 'lmstudio_local', metadata },
  });
  await transport.send(chat({ provider: 'sk-secret-id', model: 'sk-secret-model' }));
  await transport.send(chat({ provider: 'sk-secret-unknown' }));
  await transport.send(chat({ provider: 'openai_public', model: 'sk-secret-unlisted', dry_run: true }));
  for (let n = 0; n < 20; n++) await transport.send({ path: `/sk-secret-path/${n}` });
  const text = await metricsOf(transport);
  expect(text).not.toContain('sk-secret');
  expect(text).toContain('provider="other",model="other"');
  expect(text).toContain('route="other",status="404"} 20');
});
