import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { answerByBody } from './support/upstream-answers.ts';

test.use({
  plantedEnv: async ({ upstream }, use) => use({ COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl }),
});

test('a prompt pack is filled in on the Bench, and the provider receives the rendered result', async ({
  panel,
  upstream,
}) => {
  const bench = new Bench(panel.page);
  await bench.pickModule(/Translate/);
  await bench.pickTarget(/LM Studio/);
  await panel.page.getByRole('radio', { name: 'Variables' }).click();
  await panel.page.getByRole('textbox', { name: 'source_text' }).fill('雨はまだ止まない。');
  await bench.mode('LIVE').click();
  upstream.answerWith(answerByBody('{"detected_language":"ja","translation":"The rain has not stopped."}'));
  await bench.run();
  await expect(bench.reply).toContainText('The rain has not stopped.');
  const sent = JSON.parse((await upstream.chat(0)).body.toString('utf8')) as {
    messages: { role: string; content: string }[];
  };
  expect(sent.messages[0]?.role).toBe('system');
  expect(sent.messages.at(-1)?.content).toContain('雨はまだ止まない。');
});

test('typed messages are still there after a look at the variables, and after a restart', async ({
  launch,
}) => {
  const first = await launch();
  const bench = new Bench(first.page);
  await bench.message().fill('kept line');
  await first.page.getByRole('radio', { name: 'Variables' }).click();
  await first.page.getByRole('textbox', { name: 'pov' }).fill('Ren');
  await first.page.getByRole('radio', { name: 'Messages' }).click();
  await expect(bench.message()).toHaveValue('kept line');
  await first.page.keyboard.press('Control+S');
  await expect(first.page.getByRole('region', { name: 'Saved' })).toContainText('kept line');
  await first.close();

  const second = await launch({ runtimeRoot: first.runtimeRoot });
  await expect(new Bench(second.page).message()).toHaveValue('kept line');
  await expect(second.page.getByRole('region', { name: 'Saved' })).toContainText('kept line');
  await second.page.getByRole('radio', { name: 'Variables' }).click();
  await expect(second.page.getByRole('textbox', { name: 'pov' })).toHaveValue('Ren');
});
