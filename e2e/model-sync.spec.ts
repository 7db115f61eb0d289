import { expect, test } from './fixtures.ts';
import { Providers } from './pages/providers.ts';
import { callApi } from './support/api.ts';
import type { Panel } from './support/panel.ts';
import { readJsonFile } from './support/runtime-root.ts';

const file = 'config/llm/overlays/lmstudio_local.json';

async function modelIds({ apiUrl }: Panel): Promise<string[]> {
  const { body } = await callApi(apiUrl, 'GET', '/api/llm/registry');
  const all = body['providers'] as { name: string; models: { id: string }[] }[];
  return all.find(({ name }) => name === 'lmstudio_local')?.models.map(({ id }) => id) ?? [];
}

/** The models that the registry lists for LM Studio, except the missing one. */
const others = [
  'phi-3-mini-4k-instruct',
  'google/gemma-4-26b-a4b',
  'qwen/qwen3.6-27b',
  'mistral-nemo-instruct-2407',
  'sakura-galtransl-7b-v3.7',
];

test('Sync shows added and missing models and changes nothing; selected ones are stored, and both can be undone', async ({
  launch,
  upstream,
}) => {
  const panel = await launch({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl } });
  upstream.listWith(
    (response) =>
      void response.end(JSON.stringify({ data: [...others, 'new-one', 'new-two'].map((id) => ({ id })) })),
  );
  const shipped = await modelIds(panel);
  const providers = new Providers(panel.page);
  await providers.open();
  await providers.row('Not checked', 'LM Studio').click();
  await providers.openTab('LM Studio', 'Models');
  await providers.detail('LM Studio').getByRole('button', { name: 'Sync', exact: true }).click();
  const review = providers.table('What its list would change');
  await expect(review.getByRole('row', { name: /Added new-one/ })).toBeVisible();
  await expect(review.getByRole('row', { name: /Added new-two/ })).toBeVisible();
  await expect(review.getByRole('row', { name: /Missing hermes-3-llama-3.1-8b/ })).toBeVisible();
  expect(upstream.received.map(({ path }) => path)).toEqual(['/v1/models']);
  expect(await modelIds(panel)).toEqual(shipped);
  expect(readJsonFile(panel.runtimeRoot, file)).toBeNull();

  await review.getByRole('checkbox', { name: 'Keep new-two' }).click();
  await panel.page.getByRole('button', { name: 'Keep 2 of 3' }).click();
  await expect(providers.table('Models').getByRole('row', { name: /new-one/ })).toBeVisible();
  expect(await modelIds(panel)).toEqual([...shipped, 'new-one']);
  const overlay = readJsonFile(panel.runtimeRoot, file) as { models: { id: string }[] };
  expect(overlay.models.map(({ id }) => id).sort()).toEqual(['hermes-3-llama-3.1-8b', 'new-one']);

  await providers.detail('LM Studio').getByRole('button', { name: 'Remove synced models' }).click();
  await expect(providers.table('Models').getByRole('row', { name: /new-one/ })).toHaveCount(0);
  expect(await modelIds(panel)).toEqual(shipped);
  await panel.page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(providers.table('Models').getByRole('row', { name: /new-one/ })).toBeVisible();
  expect(readJsonFile(panel.runtimeRoot, file)).toEqual(overlay);
});

test('a list that never arrives can be cancelled, and nothing changes', async ({ launch, upstream }) => {
  const panel = await launch({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl } });
  upstream.listWith(() => undefined);
  const shipped = await modelIds(panel);
  const providers = new Providers(panel.page);
  await providers.open();
  await providers.row('Not checked', 'LM Studio').click();
  await providers.openTab('LM Studio', 'Models');
  const detail = providers.detail('LM Studio');
  await detail.getByRole('button', { name: 'Sync', exact: true }).click();
  await expect.poll(() => upstream.received.length).toBe(1);
  await detail.getByRole('button', { name: 'Cancel' }).click();
  await expect(detail.getByRole('button', { name: 'Sync', exact: true })).toBeEnabled();
  expect(await upstream.received[0]?.closed).toBe('cut');
  expect(await modelIds(panel)).toEqual(shipped);
});

test('Check for news asks enabled providers, shows what matters, and leaves storing to each provider', async ({
  launch,
  upstream,
}) => {
  const panel = await launch({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl } });
  upstream.listWith((response) => void response.end(JSON.stringify({ data: [{ id: 'new-one' }] })));
  const providers = new Providers(panel.page);
  await providers.open();
  await panel.page.getByRole('button', { name: 'News about models' }).click();
  const page = panel.page.getByRole('article', { name: 'News about models' });
  await page.getByRole('button', { name: 'Check for news' }).click();
  await expect(page).toContainText('hermes-3-llama-3.1-8b');
  await expect(page).toContainText('missing from the list of');
  await expect(page).toContainText(/No list \(switched off\)/);
  expect(readJsonFile(panel.runtimeRoot, file)).toBeNull();
  await page.getByRole('button', { name: /Review \d+ differences: LM Studio/ }).click();
  await expect(
    providers.table('What its list would change').getByRole('row', { name: /Added new-one/ }),
  ).toBeVisible();
});

test('a catalogue file is previewed; a lower price is used only after it is confirmed', async ({
  launch,
}) => {
  const panel = await launch();
  const providers = new Providers(panel.page);
  await providers.open();
  await panel.page.getByRole('button', { name: 'News about models' }).click();
  const model = (id: string, price: number) => ({
    provider: 'openrouter',
    id,
    pricing: { input: price, output: price },
  });
  const catalogue = {
    kind: 'comfyvn-llm-panel/catalogue',
    version: 1,
    source: 'friends',
    as_of: '2026-11-28',
    models: [model('mistralai/mistral-nemo', 0.001), model('z-ai/glm-5.3-flash', 5)],
  };
  await panel.page.getByLabel('Choose a file…').setInputFiles({
    name: 'models.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(catalogue)),
  });
  const review = panel.page.getByRole('region', { name: 'What models.json would change' });
  await expect(review).toContainText('Lower price');
  await review.getByRole('button', { name: 'Import 1 model' }).click();
  await expect
    .poll(() => readJsonFile(panel.runtimeRoot, 'config/llm/overlays/openrouter.json'))
    .toMatchObject({ models: [{ id: 'z-ai/glm-5.3-flash', source: 'friends' }] });
});
