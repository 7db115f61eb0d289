import type { CallRecord } from '../contract/call-log.ts';
import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { History } from './pages/history.ts';
import type { Panel } from './support/panel.ts';
import { answerByBody, jsonOf, refusal, streamOf } from './support/upstream-answers.ts';
import type { Answer } from './support/upstream.ts';

test.use({
  plantedEnv: async ({ upstream }, use) => use({ COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl }),
});

async function benchOnLive(panel: Panel): Promise<Bench> {
  const bench = new Bench(panel.page);
  await bench.pickTarget(/LM Studio/);
  await bench.pickModel('e2e-model');
  await bench.mode('LIVE').click();
  return bench;
}

async function loggedCalls({ ask }: Panel): Promise<CallRecord[]> {
  const answer = await ask('calls.list', { limit: 50 });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.data.calls;
}

test(
  'a translation is shown as text with its line breaks; failed checks of the pack are shown on the Bench and in History',
  { tag: '@page' },
  async ({ panel, upstream }) => {
    const bench = await benchOnLive(panel);
    await bench.pickModule(/Translate/);
    await panel.page
      .getByRole('radiogroup', { name: 'Input as' })
      .getByRole('radio', { name: 'Variables' })
      .click();
    const field = (name: string) => panel.page.getByRole('textbox', { name, exact: true });
    await field('source_text').fill('綾: 待って。\nここにいる。');
    await field('glossary').fill('{"綾": "Aya"}');
    const translation = 'Ayaka: Wait.\nI am here.';
    upstream.answerWith(answerByBody(JSON.stringify({ detected_language: 'ja', translation })));
    await bench.run();
    await expect(bench.replyText).toHaveText(translation);
    expect(await bench.replyText.evaluate((element) => (element as HTMLElement).innerText)).toBe(translation);
    await expect(bench.reply.getByRole('group', { name: 'Checks' })).toContainText('1 name or term wrong');
    await bench.reply.getByRole('radio', { name: 'JSON' }).click();
    await expect(bench.reply.getByRole('group', { name: 'JSON' })).toContainText('"detected_language"');

    // One row for the call: the plan beside it is not a call of its own.
    await expect.poll(async () => (await loggedCalls(panel)).map(({ mode }) => mode)).toEqual(['live']);
    const history = new History(panel.page);
    await history.open();
    await history.rows.first().click();
    await expect(history.inspector.root.getByRole('group', { name: 'Checks' })).toContainText(
      '1 name or term wrong',
    );
  },
);

test('a truncated reply shows its length in tokens', { tag: '@page' }, async ({ panel, upstream }) => {
  const whole = streamOf(['Once upon a']);
  upstream.answerWith((response, received) => {
    const write = response.write.bind(response);
    response.write = ((text: string) => write(text.replace('"stop"', '"length"'))) as typeof response.write;
    return whole(response, received);
  });
  const bench = await benchOnLive(panel);
  await bench.run();
  await expect(bench.replyText).toHaveText('Once upon a');
  await expect(bench.reply).toContainText('cut at 7 tokens');
  await expect(bench.reply).toContainText('raise max_tokens');
});

test('an empty reply shows what to try', { tag: '@page' }, async ({ panel, upstream }) => {
  panel.watch.expect(/status of 502/);
  upstream.answerWith(streamOf([]));
  const bench = await benchOnLive(panel);
  await bench.run();
  await expect(bench.errorCard).toContainText('the reply is empty');
  await expect(bench.errorCard).toContainText('The model returned no text.');
});

const busy: Answer = (response, received) => {
  response.setHeader('retry-after', '25');
  return refusal(429, 'Slow down, please.', 'rate_limit')(response, received);
};

test('a 429’s wait is shown, and Send now ends it', async ({ panel, upstream }) => {
  upstream.answerWith(busy);
  const bench = await benchOnLive(panel);
  await bench.run();
  const wait = panel.page.getByRole('region', { name: 'Waiting to send again' });
  await expect(wait).toContainText('lmstudio_local asks to wait.');
  await expect(wait).toContainText(/2\d\.\d s left/);
  await expect(wait).toContainText('HTTP 429 · Slow down, please.');
  expect(upstream.chats).toHaveLength(1);
  upstream.answerWith(answerByBody('At last.'));
  await wait.getByRole('button', { name: 'Send now' }).click();
  await expect(bench.replyText).toHaveText('At last.');
  expect(upstream.chats).toHaveLength(2);
  expect((await upstream.chat(1)).body.equals((await upstream.chat(0)).body)).toBe(true);
  await expect.poll(async () => (await loggedCalls(panel)).map(({ mode }) => mode)).toEqual(['live']);
});

test('a wait above the limit is shown with its length and Send now', async ({ panel, upstream }) => {
  panel.watch.expect(/status of 502/);
  upstream.answerWith((response, received) => {
    response.setHeader('retry-after', '90');
    return refusal(429, 'Come back later.', 'rate_limit')(response, received);
  });
  const bench = await benchOnLive(panel);
  await bench.run();
  await expect(bench.errorCard).toContainText(/1 min \d\d s left/);
  upstream.answerWith(answerByBody('Well then.'));
  await bench.errorCard.getByRole('button', { name: 'Send now' }).click();
  await expect(bench.replyText).toHaveText('Well then.');
  expect(upstream.chats).toHaveLength(2);
});

test(
  'a model that the local server lacks: the reply lists its models, and one press uses one of them',
  { tag: '@page' },
  async ({ panel, upstream }) => {
    panel.watch.expect(/status of 502/);
    upstream.listWith(
      (response) => void response.end(JSON.stringify({ data: [{ id: 'bge-m3' }, { id: 'qwen3-4b' }] })),
    );
    upstream.answerWith((response, received) =>
      jsonOf(received)['model'] === 'qwen3-4b'
        ? answerByBody('Here.')(response, received)
        : refusal(404, 'Model not found', 'model_not_found')(response, received),
    );
    const bench = new Bench(panel.page);
    await bench.pickTarget(/LM Studio/);
    await bench.pickModel('gone-model');
    await bench.mode('LIVE').click();
    await bench.run();
    await expect(bench.errorCard).toContainText('LM Studio does not have gone-model. It has this model:');
    await bench.errorCard.getByRole('button', { name: 'Send to qwen3-4b' }).click();
    await expect(bench.replyText).toHaveText('Here.');
    expect(jsonOf(await upstream.chat(1))).toMatchObject({ model: 'qwen3-4b' });
    await expect(panel.page.getByRole('combobox', { name: 'Model', exact: true })).toHaveValue('qwen3-4b');
  },
);

test('a cancelled call is not a failed one, and a failed one shows the provider’s status', async ({
  panel,
  upstream,
}) => {
  panel.watch.expect(/status of 502/);
  upstream.answerWith(() => undefined);
  const bench = await benchOnLive(panel);
  await bench.run();
  await upstream.chat(0);
  await bench.cancel.click();
  upstream.answerWith(refusal(404, 'No such model', 'model_not_found'));
  await bench.run();
  await expect(bench.errorCard).toContainText('HTTP 404');
  const history = new History(panel.page);
  await history.open();
  await expect(history.rows).toHaveCount(2);
  await expect(history.rows.first()).toContainText('404');
  await expect(history.rows.nth(1)).toContainText('cancelled');
  await history.filter('Result', 'Failed').click();
  await expect(history.rows).toHaveCount(1);
});
