import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { Providers } from './pages/providers.ts';
import { callApi, runtimeIds } from './support/api.ts';
import { readJsonFile } from './support/runtime-root.ts';
import { jsonOf } from './support/upstream-answers.ts';

const local = ['LM Studio', 'Ollama'];
const stub = 'Stub (no network)';
const cloud = ['Anthropic', 'Azure OpenAI', 'Google Gemini', 'OpenAI', 'OpenRouter'];
const adapter = { id: 'e2e-box', label: 'The e2e box', provider: 'LM Studio' };

test('the eight providers are in the group that names what each needs', async ({ panel }) => {
  const providers = new Providers(panel.page);
  await providers.open();
  await expect(providers.row('Ready', stub)).toHaveCount(1);
  for (const label of local) await expect(providers.row('Not checked', label)).toHaveCount(1);
  for (const label of cloud) await expect(providers.row('Off', label)).not.toHaveCount(0);
  await expect(providers.group('Ready').getByRole('button')).toHaveCount(1);
  await expect(providers.group('Not checked').getByRole('button')).toHaveCount(local.length);
  await expect(providers.group('Off').getByRole('button')).toHaveCount(cloud.length);

  const { body } = await callApi(panel.apiUrl, 'GET', '/api/llm/registry');
  expect((body['providers'] as { label: string }[]).map(({ label }) => label).sort()).toEqual(
    [stub, ...local, ...cloud].sort(),
  );
});

test('enabling a cloud provider writes its flag to the file and asks for its key', async ({ panel }) => {
  const providers = new Providers(panel.page);
  await providers.open();
  await providers.row('Off', 'Anthropic').click();
  const flag = 'enable_llm_anthropic_public';
  await providers.detail('Anthropic').getByRole('switch', { name: 'Use this provider' }).click();
  await expect(providers.row('Needs key', 'Anthropic')).toBeVisible();
  await expect(providers.detail('Anthropic')).toContainText('COMFYVN_LLM_ANTHROPIC_PUBLIC_API_KEY');

  const { body } = await callApi(panel.apiUrl, 'GET', '/api/llm/registry');
  expect(body['features']).toMatchObject({ [flag]: true });
  expect(readJsonFile(panel.runtimeRoot, 'config/comfyvn.json')).toMatchObject({
    features: { [flag]: true },
  });
});

test('switching one provider leaves the others as they are', async ({ panel }) => {
  const providers = new Providers(panel.page);
  await panel.ask('features.set', { flag: 'enable_public_llm', enabled: true });
  await providers.open();
  await providers.row('Needs key', 'Anthropic').click();
  const use = providers.detail('Anthropic').getByRole('switch', { name: 'Use this provider' });
  await use.click();
  await expect(providers.row('Off', 'Anthropic')).toBeVisible();
  await expect(providers.row('Needs key', 'Google Gemini')).toBeVisible();
  expect(readJsonFile(panel.runtimeRoot, 'config/llm/providers/anthropic_public.json')).toMatchObject({
    enabled: false,
  });
  await use.click();
  await expect(providers.row('Needs key', 'Anthropic')).toBeVisible();
});

test('a known service is enabled with one press, which opens its key field', async ({ panel }) => {
  const providers = new Providers(panel.page);
  await providers.open();
  await providers.add('Known service…');
  await panel.page.getByRole('button', { name: 'Turn on and add key: OpenRouter' }).click();
  await expect(providers.detail('OpenRouter')).toBeVisible();
  await expect(
    providers.detail('OpenRouter').getByLabel(/key/i).and(panel.page.locator('input')),
  ).toBeFocused();
  await expect(providers.row('Needs key', 'OpenRouter')).toBeVisible();
});

test('a provider is ready once it has answered a check', async ({ panel }) => {
  panel.watch.expect(/./);
  const providers = new Providers(panel.page);
  await providers.open();
  await providers.row('Not checked', 'Ollama').click();
  await providers.detail('Ollama').getByRole('button', { name: 'Check' }).click();
  await expect(providers.row('Unreachable', 'Ollama')).toBeVisible();
});

test('an adapter registered in the form answers calls, until it is removed', async ({ panel, upstream }) => {
  const providers = new Providers(panel.page);
  await providers.open();
  await providers.register({ ...adapter, baseUrl: upstream.baseUrl });
  await expect(providers.detail(adapter.label)).toBeVisible();
  expect(await runtimeIds(panel.apiUrl)).toEqual([adapter.id]);

  const messages = [{ role: 'user', content: 'Ping' }];
  const { status, body } = await callApi(panel.apiUrl, 'POST', '/api/llm/chat', {
    provider: adapter.id,
    model: 'some-model',
    messages,
  });
  expect(status).toBe(200);
  expect(body['reply']).toBe('Pong from upstream');
  expect(jsonOf(await upstream.chat(0))).toMatchObject({ model: 'some-model', messages });

  await providers.detail(adapter.label).getByRole('button', { name: 'Remove' }).click();
  await expect(providers.row('Temporary', adapter.label)).toHaveCount(0);
  expect(await runtimeIds(panel.apiUrl)).toEqual([]);
});

test('an adapter registered by a script appears in the panel, and can be selected on the Bench', async ({
  panel,
  upstream,
}) => {
  const providers = new Providers(panel.page);
  await providers.open();
  const metadata = { base_url: upstream.baseUrl, models: ['e2e-model'] };
  await callApi(panel.apiUrl, 'POST', '/api/llm/runtime/register', {
    id: 'by-script',
    provider: 'lmstudio_local',
    label: 'By a script',
    metadata,
  });
  await expect(providers.row('Temporary', 'By a script')).toBeVisible();

  const bench = new Bench(panel.page);
  await bench.goTo('Bench');
  await bench.pickTarget('By a script');
  await bench.mode('LIVE').click();
  await bench.run();
  await expect(bench.replyText).toHaveText('Pong from upstream');
  expect(jsonOf(await upstream.chat(0))).toMatchObject({ model: 'e2e-model' });
});

test('a taken id is refused at its field, and nothing is registered', async ({ panel, upstream }) => {
  panel.watch.expect(/status of 409/);
  const providers = new Providers(panel.page);
  await providers.open();
  await providers.register({ ...adapter, id: 'stub', baseUrl: upstream.baseUrl });
  const field = providers.form.getByRole('textbox', { name: 'Id' });
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(/stub/);
  await expect(field).toHaveValue('stub');
  expect(await runtimeIds(panel.apiUrl)).toEqual([]);
});
