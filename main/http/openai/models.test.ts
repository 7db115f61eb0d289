import { expect, it } from 'vitest';
import { openAiModelList } from '../../../contract/operations/openai.ts';
import { openAiServer } from './__fixtures__/openai-server.ts';

const nowhere = 'http://127.0.0.1:9';

async function idsOf({ send }: Awaited<ReturnType<typeof openAiServer>>): Promise<string[]> {
  const reply = await send({ path: '/v1/models' });
  return openAiModelList
    .strict()
    .parse(reply.json())
    .data.map(({ id }) => id);
}

it('the list has every form of an id once', async () => {
  const transport = await openAiServer(nowhere);
  await transport.send({
    method: 'POST',
    path: '/api/llm/runtime/register',
    body: { id: 'inn-keeper', provider: 'lmstudio_local', metadata: { models: ['m-1'] } },
  });
  const ids = await idsOf(transport);
  for (const id of [
    'stub',
    'module:translate',
    'module:battle_narration',
    'openai_public/gpt-4o-mini',
    'inn-keeper',
    'inn-keeper/m-1',
    'studio_proxy/house-model',
  ])
    expect(ids).toContain(id);
  expect(new Set(ids).size).toBe(ids.length);
});

it('a retired model is not listed, as a call would be refused', async () => {
  const ids = await idsOf(await openAiServer(nowhere));
  expect(ids).not.toContain('anthropic_public/claude-3-opus-20240229');
  const later = await idsOf(await openAiServer(nowhere, { now: '2040-01-01' }));
  expect(ids).toContain('openai_public/gpt-4o-mini');
  expect(later).not.toContain('openai_public/gpt-4o-mini');
});

it('every listed id can be looked up and called', async () => {
  const transport = await openAiServer(nowhere);
  for (const id of await idsOf(transport)) {
    const found = await transport.send({
      path: `/v1/models/${id.split('/').map(encodeURIComponent).join('/')}`,
    });
    expect(found.json()).toMatchObject({ id, object: 'model' });
    const plan = await transport.send({
      method: 'POST',
      path: '/api/llm/chat',
      body: { model: id, messages: [{ role: 'user', content: 'hi' }], dry_run: true },
    });
    expect(plan.json(), id).toMatchObject({ ok: true, dry_run: true });
  }
});

it('a callable form that is not listed can be looked up too', async () => {
  const { client } = await openAiServer(nowhere);
  for (const id of [
    'claude-haiku-4-5-20251001',
    'module:chat',
    'openrouter_hub/qwen/qwen-2.5-72b-instruct',
    'lmstudio_local',
  ])
    expect(await client.models.retrieve(id)).toMatchObject({ id, object: 'model' });
});
