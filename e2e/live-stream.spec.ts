import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import type { Panel } from './support/panel.ts';
import { jsonOf, refusal, streamOf, streamWithoutEnd } from './support/upstream-answers.ts';

test.use({
  plantedEnv: async ({ upstream }, use) => use({ COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl }),
});

async function benchOnLive(panel: Panel): Promise<Bench> {
  const bench = new Bench(panel.page);
  await bench.pickTarget(/LM Studio/);
  await bench.mode('LIVE').click();
  return bench;
}

test('a live call streams its text, and shows usage and cost at the end', async ({ panel, upstream }) => {
  upstream.answerWith(streamOf(['The rain ', 'has ', 'stopped.']));
  const bench = await benchOnLive(panel);
  await bench.run();
  await expect(bench.replyText).toHaveText('The rain has stopped.');
  await expect(bench.reply).toContainText('11');
  await expect(bench.reply).toContainText('free');
  expect(jsonOf(await upstream.chat(0))).toMatchObject({ stream: true });
  expect(await (await upstream.chat(0)).closed).toBe('answered');
});

test('Cancel keeps the text so far and closes the connection to the provider', async ({
  panel,
  upstream,
}) => {
  upstream.answerWith(streamWithoutEnd(['Half a ', 'sentence']));
  const bench = await benchOnLive(panel);
  await bench.run();
  await expect(bench.replyText).toHaveText('Half a sentence');
  await bench.cancel.click();
  expect(await (await upstream.chat(0)).closed).toBe('cut');
  await expect(bench.replyText).toHaveText('Half a sentence');
  await expect(bench.reply).toContainText('Cancelled');
  await expect(bench.errorCard).toHaveCount(0);

  // The cancelled run is over: it does not block the next run.
  upstream.answerWith(streamOf(['A whole one.']));
  await bench.run();
  await expect(bench.replyText).toHaveText('A whole one.');
});

test('a page that closes during a stream closes the connection to the provider', async ({
  panel,
  upstream,
}) => {
  upstream.answerWith(streamWithoutEnd(['Half']));
  const bench = await benchOnLive(panel);
  await bench.run();
  await expect(bench.replyText).toHaveText('Half');
  await panel.page.reload();
  expect(await (await upstream.chat(0)).closed).toBe('cut');
});

test('a 401 shows the provider’s own message, separate from the panel’s hint', async ({
  panel,
  upstream,
}) => {
  const words = 'Incorrect API key provided: none. Ask the office, «Tür 3».';
  panel.watch.expect(/status of 502/);
  upstream.answerWith(refusal(401, words, 'invalid_api_key'));
  const bench = await benchOnLive(panel);
  await bench.run();
  await expect(bench.errorCard.getByText(words, { exact: true })).toBeVisible();
  await expect(bench.errorCard.getByRole('heading')).toContainText('HTTP 401 · LM Studio');
  await expect(bench.errorCard).toContainText('What to try');
  await expect(bench.errorCard).toContainText('provider_unauthorized');
  expect(upstream.chats).toHaveLength(1);
});

test('an interrupted stream keeps its text and is marked as interrupted', async ({ panel, upstream }) => {
  upstream.answerWith(streamWithoutEnd(['Once upon ', 'a time']));
  const bench = await benchOnLive(panel);
  await bench.run();
  await expect(bench.replyText).toHaveText('Once upon a time');
  (await upstream.chat(0)).cut();
  await expect(bench.errorCard).toContainText('provider_interrupted');
  await expect(bench.replyText).toHaveText('Once upon a time');
  expect(upstream.chats, 'no second call after text was shown').toHaveLength(1);
});

test('a refused connection is distinguished from a refused request', async ({ panel, upstream }) => {
  panel.watch.expect(/status of 502/);
  const bench = await benchOnLive(panel);
  await upstream.close();
  await bench.run();
  await expect(bench.errorCard).toContainText('provider_unreachable');
  await expect(bench.errorCard).toContainText(new URL(upstream.baseUrl).host);
});
