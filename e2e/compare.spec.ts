import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';

test.use({
  plantedEnv: async ({ upstream }, use) => use({ COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl }),
});

test('compare: a dry run plans every column and sends nothing; LIVE asks each model once', async ({
  panel,
  upstream,
}) => {
  const bench = new Bench(panel.page);
  await bench.pickTarget(/LM Studio/);
  await bench.pickModel('first-model');
  await bench.compareWith(2, /LM Studio/, 'second-model');
  await bench.run();
  for (const [number, model] of [
    [1, 'first-model'],
    [2, 'second-model'],
  ] as const) {
    const plan = bench.column(number).getByRole('article', { name: 'Plan' });
    await expect(plan).toContainText(model);
    await expect(plan).toContainText('Tokens in');
  }
  expect(upstream.received).toEqual([]);

  await bench.mode('LIVE').click();
  await bench.run();
  for (const number of [1, 2]) {
    const reply = bench.column(number).getByRole('article', { name: 'Reply' });
    await expect(reply.getByTestId('reply')).toHaveText('Pong from upstream');
    for (const fact of ['Time', 'Tokens out', 'Cost']) await expect(reply).toContainText(fact);
  }
  const models = [await upstream.chat(0), await upstream.chat(1)].map(
    ({ body }) => (JSON.parse(body.toString('utf8')) as { model: string }).model,
  );
  expect(models.toSorted()).toEqual(['first-model', 'second-model']);
  expect(upstream.received).toHaveLength(2);
});

test('compare: Ctrl+Shift+Enter asks only the column that was last used', async ({ panel, upstream }) => {
  const bench = new Bench(panel.page);
  await bench.pickTarget(/LM Studio/);
  await bench.pickModel('first-model');
  await bench.compareWith(2, /LM Studio/, 'second-model');
  await bench.mode('LIVE').click();
  await bench.column(2).getByRole('combobox', { name: 'Model', exact: true }).focus();
  await panel.page.keyboard.press('Control+Shift+Enter');
  await expect(bench.column(2).getByTestId('reply')).toHaveText('Pong from upstream');
  expect(upstream.received).toHaveLength(1);
  const { body } = await upstream.chat(0);
  expect(JSON.parse(body.toString('utf8'))).toMatchObject({ model: 'second-model' });
});

test('compare: “Use as preset” makes the preset that serves the module; Undo takes it back', async ({
  panel,
}) => {
  const bench = new Bench(panel.page);
  const served = async () => {
    const registry = await panel.ask('registry.get', {});
    if (!registry.ok) throw new Error(registry.error.message);
    return registry.data.defaults.modules['vn_chat'];
  };
  const before = await served();
  await bench.pickTarget(/LM Studio/);
  await bench.pickModel('my-own-model');
  await bench.run();
  await panel.page.getByRole('button', { name: 'Use as preset' }).click();
  await expect.poll(async () => (await served())?.model).toBe('my-own-model');
  await panel.page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await served())?.model).toBe(before?.model);
  const presets = async () => (await served())?.shortlist.map(({ model }) => model);
  await expect.poll(presets).not.toContain('my-own-model');
});
