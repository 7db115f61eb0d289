import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';

test('first run: the stub answers one key press', async ({ launch }) => {
  const started = Date.now();
  const { page } = await launch();
  const bench = new Bench(page);

  await expect(bench.message()).toBeFocused();
  const line = await bench.message().inputValue();
  expect(line).not.toBe('');
  await bench.run();
  await expect(bench.replyText).toHaveText(line);
  test.info().annotations.push({ type: 'launch to reply, ms', description: String(Date.now() - started) });
});

test('first run: the inspector shows the request to the active preset, and that it needs a key', async ({
  panel,
}) => {
  const bench = new Bench(panel.page);
  const { inspector } = bench;
  const registry = await panel.ask('registry.get', {});
  if (!registry.ok) throw new Error(registry.error.message);
  const active = registry.data.defaults.modules['vn_chat'];
  const provider = registry.data.providers.find(({ name }) => name === active?.provider);

  await bench.run();
  await expect(inspector.root).toContainText(`${active?.provider} / ${active?.model}`);
  await expect(inspector.root).toContainText(`${provider?.base_url}/`);
  await expect(inspector.root.getByText(/needs a key/i)).toBeVisible();
  const shown = JSON.parse(await inspector.rawBody()) as { model: string; messages: unknown[] };
  expect(shown.model).toBe(active?.model);
  expect(shown.messages).toEqual([{ role: 'user', content: await bench.message().inputValue() }]);
});

test('first run: a dry run and the stub use no network', async ({ launch, upstream }) => {
  const base = upstream.baseUrl;
  const { page } = await launch({
    env: { COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: base, COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: base },
  });
  const bench = new Bench(page);

  await bench.run();
  await expect(bench.replyText).not.toBeEmpty();
  await bench.pickTarget(/LM Studio/);
  await bench.run();
  await expect(bench.plan).toContainText(base);
  // Picking a local server loads its model list; neither run sent a call.
  expect(upstream.received.every(({ path }) => path === '/v1/models')).toBe(true);
});

test('first run: in LIVE the stub’s answer is not shown as that of the planned model beside it', async ({
  panel,
}) => {
  const bench = new Bench(panel.page);
  await bench.mode('LIVE').click();
  await bench.run();
  await expect(bench.replyText).not.toBeEmpty();
  await expect(bench.inspector.root).toContainText('The stub answered.');
  await expect(bench.inspector.tab('Response')).toHaveCount(0);
});
