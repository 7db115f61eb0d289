import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { History } from './pages/history.ts';
import { answerByBody, jsonOf } from './support/upstream-answers.ts';

test.use({
  plantedEnv: async ({ upstream }, use) => use({ COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl }),
});

test('compare: a dry run plans every column and sends nothing; LIVE calls each model once', async ({
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
  expect(upstream.chats).toEqual([]);

  await bench.mode('LIVE').click();
  await bench.run();
  for (const number of [1, 2]) {
    const reply = bench.column(number).getByRole('article', { name: 'Reply' });
    await expect(reply.getByTestId('reply')).toHaveText('Pong from upstream');
    const row = panel.page.getByRole('region', { name: 'Comparison' }).getByRole('row').nth(number);
    for (const fact of ['11 → 7', 'free', 's']) await expect(row).toContainText(fact);
  }
  const models = [await upstream.chat(0), await upstream.chat(1)].map(
    ({ body }) => (JSON.parse(body.toString('utf8')) as { model: string }).model,
  );
  expect(models.toSorted()).toEqual(['first-model', 'second-model']);
  expect(upstream.chats).toHaveLength(2);
});

test('compare: Ctrl+Shift+Enter runs only the column that was used last', async ({ panel, upstream }) => {
  const bench = new Bench(panel.page);
  await bench.pickTarget(/LM Studio/);
  await bench.pickModel('first-model');
  await bench.compareWith(2, /LM Studio/, 'second-model');
  await bench.mode('LIVE').click();
  await bench.column(2).getByRole('combobox', { name: 'Model', exact: true }).focus();
  await panel.page.keyboard.press('Control+Shift+Enter');
  await expect(bench.column(2).getByTestId('reply')).toHaveText('Pong from upstream');
  expect(upstream.chats).toHaveLength(1);
  const { body } = await upstream.chat(0);
  expect(JSON.parse(body.toString('utf8'))).toMatchObject({ model: 'second-model' });
});

test(
  'compare: “Make active” makes a run’s preset active without leaving the view; Undo reverts it',
  { tag: '@page' },
  async ({ panel }) => {
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
    await panel.page.getByRole('button', { name: /^Make active for/ }).click();
    await expect.poll(async () => (await served())?.model).toBe('my-own-model');
    await expect(bench.view('Bench')).toBeVisible();
    await panel.page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await served())?.model).toBe(before?.model);
    const presets = async () => (await served())?.shortlist.map(({ model }) => model);
    await expect.poll(presets).not.toContain('my-own-model');
  },
);

test('compare: three columns fit side by side with the preset’s settings, and one becomes active; History replays one of their calls', async ({
  panel,
  upstream,
}) => {
  const bench = new Bench(panel.page);
  await bench.pickModule(/Translate/);
  await bench.pickTarget(/LM Studio/);
  await bench.pickModel('first-model');
  await bench.compareWith(2, /LM Studio/, 'second-model');
  await bench.compareWith(3, /LM Studio/, 'third-model');
  upstream.answerWith(answerByBody('{"detected_language":"ja","translation":"Stay."}'));
  await bench.mode('LIVE').click();
  await bench.run();
  const table = panel.page.getByRole('region', { name: 'Comparison' });
  const row = (model: string) => table.getByRole('row').filter({ hasText: model });
  for (const [number, model] of ['first-model', 'second-model', 'third-model'].entries()) {
    await expect(bench.column(number + 1).getByTestId('reply')).toHaveText('Stay.');
    await expect(row(model)).toContainText('11 → 7');
  }
  const work = await bench.view('Bench').boundingBox();
  for (const number of [1, 2, 3]) {
    const box = await bench.column(number).boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? Number.NaN)).toBeLessThanOrEqual(
      (work?.x ?? 0) + (work?.width ?? 0) + 1,
    );
  }
  const registry = await panel.ask('registry.get', {});
  if (!registry.ok) throw new Error(registry.error.message);
  const { temperature } = registry.data.defaults.modules['translate']?.options ?? {};
  const sent = upstream.chats.map(jsonOf);
  expect(sent.map((body) => body['temperature'])).toEqual([temperature, temperature, temperature]);
  expect(temperature).not.toBeUndefined();

  await bench.column(1).getByRole('button', { name: 'Mute column 1' }).click();
  await bench.run();
  await expect.poll(() => upstream.chats.length).toBe(5);
  expect(upstream.chats.slice(3).map((chat) => jsonOf(chat)['model'])).not.toContain('first-model');

  await expect(row('second-model')).toContainText('11 → 7');
  await row('second-model')
    .getByRole('button', { name: /^Make active for/ })
    .click();
  await expect(row('second-model')).toContainText('Active');
  await expect(row('second-model').getByRole('button')).toHaveCount(0);
  const active = await panel.ask('presets.list', { module: 'translate' });
  const chosen = active.ok ? active.data.presets.find(({ id }) => id === active.data.active) : undefined;
  expect(chosen?.current).toMatchObject({ model: 'second-model', options: { temperature } });

  const history = new History(panel.page);
  await history.open();
  await history.rows.filter({ hasText: 'third-model' }).first().click();
  await history.action('Replay').click();
  await expect(history.inspector.root).toContainText('Identical request');
  await history.action('Send again, live').click();
  await expect.poll(() => upstream.chats.length).toBe(6);
  expect(jsonOf(upstream.chats[5]!)).toEqual(sent.find((body) => body['model'] === 'third-model'));
});
