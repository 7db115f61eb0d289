import Anthropic from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import { testServer } from '../__fixtures__/test-server.ts';

const version = { 'anthropic-version': '2023-06-01' };
const idsOf = (body: Record<string, unknown>) => (body['data'] as { id: string }[]).map(({ id }) => id);

describe('the model list for Anthropic’s clients', () => {
  it('has every model of the OpenAI list, page by page', async () => {
    const { url, send } = await testServer();
    const client = new Anthropic({ baseURL: url, apiKey: 'any', maxRetries: 0 });
    const ids: string[] = [];
    for await (const model of client.models.list({ limit: 7 })) ids.push(model.id);
    expect(ids).toEqual(idsOf((await send({ path: '/v1/models' })).json()));
    expect(await client.models.retrieve('openai_public/gpt-4o-mini')).toMatchObject({
      type: 'model',
      display_name: expect.stringMatching(/./),
      max_input_tokens: 128_000,
    });
  });

  it('goes back with before_id, and marks the first page', async () => {
    const { send } = await testServer();
    const all = idsOf((await send({ path: '/v1/models' })).json());
    const page = async (query: string) =>
      (await send({ path: `/v1/models?${query}`, headers: version })).json();
    const back = await page(`limit=2&before_id=${encodeURIComponent(all[5] ?? '')}`);
    expect(idsOf(back)).toEqual(all.slice(3, 5));
    expect(back).toMatchObject({ has_more: true, first_id: all[3], last_id: all[4] });
    expect(await page(`limit=9&before_id=${encodeURIComponent(all[5] ?? '')}`)).toMatchObject({
      has_more: false,
      first_id: all[0],
    });
    expect(await page(`limit=1000`)).toMatchObject({ has_more: false, last_id: all.at(-1) });
  });

  it.each(['limit=0', 'limit=1001', 'limit=many', 'after_id=nobody', 'after_id=stub&before_id=stub'])(
    'refuses %s in Anthropic’s error format',
    async (query) => {
      const { send } = await testServer();
      const reply = await send({ path: `/v1/models?${query}`, headers: version });
      expect([reply.status, reply.json()]).toMatchObject([
        400,
        {
          type: 'error',
          error: { type: 'invalid_request_error', message: expect.stringMatching(/_id|limit/) },
        },
      ]);
    },
  );

  it('reports an unknown model in Anthropic’s error format', async () => {
    const { send } = await testServer();
    const reply = await send({ path: '/v1/models/no-such', headers: version });
    expect([reply.status, reply.json()]).toMatchObject([404, { error: { type: 'not_found_error' } }]);
  });
});

it('TabbyAPI’s status check finds the models, and the loaded one can be called', async () => {
  const { send } = await testServer();
  const list = (await send({ path: '/v1/model/list' })).json();
  expect(idsOf(list)).toContain('module:vn_chat');
  const loaded = (await send({ path: '/v1/model' })).json();
  const body = { model: loaded['id'], prompt: 'Say hello.', comfyvn: {} };
  const headers = { 'x-comfyvn-dry-run': '1' };
  const reply = await send({ method: 'POST', path: '/v1/completions', body, headers });
  expect(reply.json()).toMatchObject({ ok: true, dry_run: true });
});
