import { expect, it } from 'vitest';
import { openAiReply, startUpstream } from '../core/__fixtures__/upstream.ts';
import { testDoor, type TestDoor } from './__fixtures__/test-door.ts';

const messages = [{ role: 'user', content: 'hi' }];
const chat = (body: object) => ({
  method: 'POST',
  path: '/api/llm/chat',
  body: { messages, retries: 0, ...body },
});
const metricsOf = async (door: TestDoor) => (await door.send({ path: '/metrics' })).text;

it('what happened before the first look is counted too', async () => {
  const upstream = await startUpstream(openAiReply('one'), { status: 500, body: {} });
  const door = await testDoor({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1` } });
  const [model = ''] =
    (await door.ask('registry.get')).providers
      .find((p) => p.name === 'lmstudio_local')
      ?.models.map((m) => m.id) ?? [];
  await door.send(chat({ provider: 'lmstudio_local', model }));
  await door.send(chat({ provider: 'lmstudio_local', model }));
  const text = await metricsOf(door);
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

it('a caller cannot make labels: any name that is not of the registry is "other"', async () => {
  const upstream = await startUpstream();
  const door = await testDoor();
  const metadata = { base_url: `${upstream.url}/v1`, models: ['sk-secret-model'] };
  await door.send({
    method: 'POST',
    path: '/api/llm/runtime/register',
    body: { id: 'sk-secret-id', provider: 'lmstudio_local', metadata },
  });
  await door.send(chat({ provider: 'sk-secret-id', model: 'sk-secret-model' }));
  await door.send(chat({ provider: 'sk-secret-unknown' }));
  await door.send(chat({ provider: 'openai_public', model: 'sk-secret-unlisted', dry_run: true }));
  for (let n = 0; n < 20; n++) await door.send({ path: `/sk-secret-path/${n}` });
  const text = await metricsOf(door);
  expect(text).not.toContain('sk-secret');
  expect(text).toContain('provider="other",model="other"');
  expect(text).toContain('route="other",status="404"} 20');
});
