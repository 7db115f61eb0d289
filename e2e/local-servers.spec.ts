/* oxlint-disable no-empty-pattern -- Playwright reads the pattern to learn what a fixture needs. */
import { expect, test as base } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { Providers } from './pages/providers.ts';
import { callApi } from './support/api.ts';
import { jsonOf } from './support/upstream-answers.ts';
import { Upstream } from './support/upstream.ts';

const test = base.extend<{ ollama: Upstream }>({
  ollama: async ({}, use) => {
    const ollama = await Upstream.start();
    ollama.listWith((response) => void response.end(JSON.stringify({ models: [{ name: 'llama3.2:3b' }] })));
    await use(ollama);
    await ollama.close();
  },
});

const originOf = ({ baseUrl }: Upstream) => new URL(baseUrl).origin;

test('one click finds LM Studio and Ollama with their models, saves a list, and selects one on the Bench', async ({
  launch,
  upstream,
  ollama,
}) => {
  upstream.listWith(
    (response) => void response.end(JSON.stringify({ data: [{ id: 'qwen2.5-7b-instruct' }] })),
  );
  const panel = await launch({
    env: {
      COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl,
      COMFYVN_LLM_OLLAMA_DEFAULT_BASE_URL: originOf(ollama),
    },
  });
  const providers = new Providers(panel.page);
  await providers.open();
  expect([...upstream.received, ...ollama.received]).toEqual([]);
  await providers.add('Local server…');

  const found = (baseUrl: string) =>
    panel.page
      .getByRole('article', { name: 'Local servers' })
      .getByRole('article')
      .filter({ hasText: baseUrl });
  const lmStudio = found(upstream.baseUrl);
  await expect(lmStudio.getByRole('heading', { name: 'LM Studio' })).toBeVisible();
  await expect(found(originOf(ollama)).getByRole('heading', { name: 'Ollama' })).toBeVisible();
  await expect(found(originOf(ollama)).getByRole('combobox', { name: 'Model: llama3.2:3b' })).toBeVisible();
  expect(upstream.received.map(({ path }) => path)).toEqual(['/v1/models']);
  expect(ollama.received.map(({ path }) => path)).toEqual(['/api/tags']);

  await lmStudio.getByRole('button', { name: 'Keep the list' }).click();
  const listed = async () => {
    const { body } = await callApi(panel.apiUrl, 'GET', '/api/llm/registry');
    const all = body['providers'] as { name: string; models: { id: string }[] }[];
    return all.find(({ name }) => name === 'lmstudio_local')?.models.map(({ id }) => id);
  };
  await expect.poll(listed).toContain('qwen2.5-7b-instruct');
  await expect(lmStudio.getByRole('button', { name: 'Keep the list' })).toHaveAttribute('title', /has all/);

  await lmStudio.getByRole('button', { name: 'Try on Bench' }).click();
  const bench = new Bench(panel.page);
  await bench.mode('LIVE').click();
  await bench.run();
  await expect(bench.replyText).toHaveText('Pong from upstream');
  expect(jsonOf(await upstream.chat(0))).toMatchObject({ model: 'qwen2.5-7b-instruct' });
});

test('a model that was found serves a module after one selection, until that is undone', async ({
  launch,
  upstream,
}) => {
  upstream.listWith(
    (response) => void response.end(JSON.stringify({ data: [{ id: 'qwen2.5-7b-instruct' }] })),
  );
  const panel = await launch({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl } });
  const providers = new Providers(panel.page);
  await providers.open();
  await providers.add('Local server…');
  const active = async () => {
    const answer = await panel.ask('presets.list', { module: 'translate' });
    return answer.ok ? answer.data.presets.find(({ id }) => id === answer.data.active)?.current.model : null;
  };
  const before = await active();
  await panel.page
    .getByRole('combobox', { name: /^Make active for/ })
    .first()
    .click();
  await panel.page.getByRole('option', { name: /translat/i }).click();
  await expect.poll(active).toBe('qwen2.5-7b-instruct');
  await panel.page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(active).toBe(before);
});

test('a server that asks for a key is not called missing, and its card leads to the key field', async ({
  launch,
  upstream,
}) => {
  upstream.listWith((response) => {
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: 'Incorrect API key provided: none.' } }));
  });
  const panel = await launch({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl } });
  const providers = new Providers(panel.page);
  await providers.open();
  await providers.add('Local server…');
  const list = panel.page.getByRole('article', { name: 'Local servers' });
  await expect(list.getByRole('status')).toHaveText('1 server asks for a key');
  const card = list.getByRole('article').filter({ hasText: upstream.baseUrl });
  await expect(card).toContainText('asks for a key');
  await card.getByRole('button', { name: 'Add a key' }).click();
  const detail = providers.detail('LM Studio');
  await expect(detail.getByLabel('API key of LM Studio')).toBeFocused();

  await detail.getByRole('button', { name: 'Check', exact: true }).first().click();
  await expect(providers.row('Needs key', 'LM Studio')).toBeVisible();
  await expect(detail).toContainText('none set, but the server asks for one');
});
