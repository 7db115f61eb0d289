import { expect, test } from './fixtures.ts';
import { Server } from './pages/server.ts';
import { callApi } from './support/api.ts';
import { answerByBody } from './support/upstream-answers.ts';

test.use({
  plantedEnv: async ({ upstream }, use) =>
    use({ COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: upstream.baseUrl, OPENAI_API_KEY: 'sk-e2e-0123456789abcdef' }),
  plantedFiles: { 'config/comfyvn.json': { features: { enable_llm_openai: true } } },
});

const call = {
  provider: 'openai_public',
  model: 'gpt-4o',
  messages: [{ role: 'user', content: 'Hello' }],
  params: { max_tokens: 1000 },
  retries: 0,
};

test('an interrupted call counts at its bound until it is settled in Server → Spend', async ({
  panel,
  upstream,
}) => {
  upstream.answerWith((response) => void response.destroy());
  const broken = await callApi(panel.apiUrl, 'POST', '/api/llm/chat', call);
  expect(broken.body['code']).toBe('provider_interrupted');
  const server = new Server(panel.page);
  await server.open('Spend and latency');
  const list = server.main.getByRole('list', { name: 'Calls of unknown cost' });
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(list).toContainText('openai_public / gpt-4o');
  const before = (await callApi(panel.apiUrl, 'GET', '/api/llm/spend')).body['budget'] as Record<
    string,
    number
  >;
  expect(before['unknown_today']).toBeGreaterThan(0.01);

  const amount = list.getByRole('textbox', { name: /^Cost of gpt-4o/ });
  await amount.fill('99');
  await expect(list.getByRole('button', { name: 'Save cost' })).toBeDisabled();
  await amount.fill('0.002');
  await list.getByRole('button', { name: 'Save cost' }).click();
  await expect(list).toHaveCount(0);
  const after = (await callApi(panel.apiUrl, 'GET', '/api/llm/spend')).body['budget'];
  expect(after).toMatchObject({ spent_today: 0.002, unknown_today: 0, reserved: 0 });
});

test('a call without an upper bound is refused with its reason, and sent with a cap', async ({
  panel,
  upstream,
}) => {
  upstream.answerWith(answerByBody('Found.'));
  const unbounded = { ...call, provider_options: { body: { web_search_options: {} } } };
  const refused = await callApi(panel.apiUrl, 'POST', '/api/llm/chat', unbounded);
  expect([refused.status, refused.body['code']]).toEqual([402, 'cost_unbounded']);
  expect(refused.body['message']).toContain('web_search_options');
  expect(upstream.chats).toHaveLength(0);
  const sent = await callApi(panel.apiUrl, 'POST', '/api/llm/chat', { ...unbounded, max_cost_usd: 0.05 });
  expect(sent.body).toMatchObject({ ok: true, reply: 'Found.' });
  expect(upstream.chats).toHaveLength(1);
});
