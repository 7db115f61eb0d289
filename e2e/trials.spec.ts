import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { Frame } from './pages/frame.ts';
import { downloadOf } from './support/download-of.ts';

const lines = ['おはよう。', 'もう行くの？', '雨はまだやまない。', '灯台が見える。'];
const good = ['Good morning.', 'Leaving already?', 'The rain has not stopped.', 'I can see the lighthouse.'];

const header = {
  format: 1,
  name: 'my-lines',
  title: 'My lines',
  module: 'translate',
  licence: 'CC0-1.0',
  target_language: 'en',
};
const set = [
  header,
  ...lines.map((source_text, i) => ({
    id: `line-${i}`,
    variables: { source_text, target_language: 'English' },
    references: [good[i]],
  })),
];
const preset = (id: string, model: string) => ({
  id,
  provider: 'lmstudio_local',
  model,
  options: {},
  notes: '',
});

test.use({
  plantedEnv: async ({ upstream }, use) => use({ COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl }),
  plantedFiles: {
    'data/trial-sets/my-lines.jsonl': set.map((line) => JSON.stringify(line)).join('\n'),
    'config/llm/presets/translate.json': {
      version: 1,
      active: null,
      presets: [preset('good-one', 'good-model'), preset('other-one', 'other-model')],
      edits: {},
    },
  },
});

test.beforeEach(({ upstream }) => {
  upstream.answerWith((response, { body }) => {
    const { model, messages } = JSON.parse(body.toString('utf8')) as {
      model: string;
      messages: { content: string }[];
    };
    const at = lines.findIndex((line) => messages.at(-1)?.content.includes(line));
    const translation = model === 'good-model' ? good[at] : `Something else, number ${at}`;
    const content = JSON.stringify({ detected_language: 'ja', translation });
    const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }];
    const usage = { prompt_tokens: 9, completion_tokens: 9, total_tokens: 18 };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ id: '1', object: 'chat.completion', created: 1, model, choices, usage }));
  });
});

test('trials: a plan sends nothing; a run ranks two presets, exports them, and is shown beside the quoted rank', async ({
  panel,
  upstream,
}) => {
  const { page, runtimeRoot } = panel;
  const frame = new Frame(page);
  await frame.goTo('Trials');
  const main = frame.view('Trials');
  await frame.pick('Set', /My lines/);
  for (const id of ['good-one', 'other-one']) await main.getByRole('checkbox', { name: id }).click();
  await main.getByRole('button', { name: 'Plan' }).click();
  await expect(main.getByRole('region', { name: 'The plan' })).toContainText('free');
  expect(upstream.chats).toEqual([]);

  await main.getByRole('button', { name: 'Send 8 requests' }).click();
  const results = main.getByRole('region', { name: 'Results' });
  const rows = results.locator('tbody tr');
  await expect(rows).toHaveCount(2, { timeout: 30_000 });
  await expect(rows.nth(0)).toContainText('good-one');
  await expect(rows.nth(0)).toContainText('100.0');
  await expect(rows.nth(1)).toContainText('other-one');
  expect(upstream.chats).toHaveLength(8);

  const csv = await downloadOf(panel, () => main.getByRole('button', { name: 'Export as CSV' }).click());
  expect(csv.text.split('\r\n')[1]).toContain('1,no,good-one,good-one,lmstudio_local,good-model,4,4');

  const [trial = ''] = readdirSync(join(runtimeRoot, 'data', 'trials'));
  const head = JSON.parse(
    readFileSync(join(runtimeRoot, 'data', 'trials', trial, 'trial.json'), 'utf8'),
  ) as Record<string, unknown>;
  expect(head).toMatchObject({ set: 'my-lines', prompt_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });

  await frame.goTo('Modules');
  await expect(page.getByRole('navigation', { name: 'List' })).toContainText(/measured 1 of 2 on My lines/);
  await page
    .getByRole('navigation', { name: 'List' })
    .getByRole('button', { name: /good-one/ })
    .click();
  const line = /^quoted \d+ · measured 1 of 2 on My lines, \d+ \w+ \d{4}$/;
  await page.getByRole('button', { name: line }).click();
  await expect(rows.nth(0)).toContainText('good-one');
});

test('trials: a person votes on anonymous replies, and the win rate appears in the table', async ({
  panel,
  upstream,
}) => {
  const { page, runtimeRoot } = panel;
  const contestants = [{ preset: 'good-one' }, { preset: 'other-one' }];
  const begun = await panel.ask('trials.start', { set: 'my-lines', contestants, wait: true });
  if (!begun.ok) throw new Error(begun.error.message);
  const { trial } = begun.data;
  expect(upstream.chats).toHaveLength(8);
  const frame = new Frame(page);
  await frame.goTo('Trials');
  await page
    .getByRole('navigation', { name: 'List' })
    .getByRole('button', { name: /My lines/ })
    .click();
  const main = frame.view('Trials');
  await main.getByRole('button', { name: 'Vote', exact: true }).click();
  for (let pair = 1; pair <= 4; pair++) {
    await expect(main.getByText(`Pair ${pair} of 4`)).toBeVisible();
    await expect(main).not.toContainText(/good-one|other-one|good-model|other-model/);
    const left = await main.getByRole('region', { name: 'Reply A' }).textContent();
    const side = left?.includes('Something else') ? 'B' : 'A';
    await main.getByRole('button', { name: `${side} is better` }).click();
  }
  await expect(main.getByText('All pairs are voted on')).toBeVisible();
  const file = readFileSync(join(runtimeRoot, 'data', 'trials', trial.id, 'votes.jsonl'), 'utf8');
  const votes = file
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { left: string; right: string; choice: 'left' | 'right' });
  expect(votes.map((vote) => vote[vote.choice])).toEqual(votes.map(() => 'good-one'));
  // Each is on the left in half of the pairs.
  expect(votes.filter(({ left }) => left === 'good-one')).toHaveLength(2);
  await main.getByRole('button', { name: 'Back to the results' }).click();
  await expect(main.locator('tbody tr').nth(0)).toContainText('100.0 %');
});

test('trials: the Bench passes on the models of its columns', async ({ panel, upstream }) => {
  const bench = new Bench(panel.page);
  await bench.pickTarget(/LM Studio/);
  await bench.pickModel('good-model');
  await bench.compareWith(2, /LM Studio/, 'other-model');
  await panel.page.getByRole('button', { name: /Compare on a set/ }).click();
  const main = new Frame(panel.page).view('Trials');
  for (const model of ['good-model', 'other-model'])
    await expect(main.getByRole('checkbox', { name: `lmstudio_local/${model}` })).toBeChecked();
  await main.getByRole('button', { name: 'Plan' }).click();
  await expect(main.getByRole('button', { name: 'Send 20 requests' })).toBeVisible();
  expect(upstream.chats).toEqual([]);
});
