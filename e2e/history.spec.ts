import type { CallRecord } from '../contract/call-log.ts';
import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { History } from './pages/history.ts';
import { callApi } from './support/api.ts';
import { downloadOf } from './support/download-of.ts';
import type { Panel } from './support/panel.ts';
import { jsonOf, refusal } from './support/upstream-answers.ts';

test.use({
  plantedEnv: async ({ upstream }, use) => use({ COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl }),
});

const reported = '雨はまだやまない。';
const chat = {
  provider: 'lmstudio_local',
  model: 'e2e-model',
  module: 'translate',
  schema: null,
  params: { temperature: 0.4 },
  messages: [
    { role: 'system', content: 'You translate.' },
    { role: 'user', content: reported },
  ],
};

async function post({ apiUrl }: Panel, over: Record<string, unknown> = {}): Promise<void> {
  await callApi(apiUrl, 'POST', '/api/llm/chat', { ...chat, ...over });
}

/** Opens the History view with a call whose messages are stored, and selects it. */
async function openStoredCall(panel: Panel): Promise<History> {
  await panel.ask('settings.update', { record_bodies: true });
  await post(panel);
  const history = new History(panel.page);
  await history.open();
  await history.rows.first().click();
  await expect(history.action('Replay')).toBeEnabled();
  return history;
}

async function loggedCalls({ ask }: Panel): Promise<CallRecord[]> {
  const answer = await ask('calls.list', { limit: 500 });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.data.calls;
}

test('calls made through the API appear in the open view, newest first', async ({ panel }) => {
  const history = new History(panel.page);
  await history.open();
  await expect(history.view('History')).toContainText('No calls yet');
  await post(panel);
  await expect(history.rows).toHaveCount(1);
  await post(panel, { provider: 'stub', model: undefined });
  await expect(history.rows).toHaveCount(2);
  await expect(history.rows.first()).toContainText('mock');
  await expect(history.rows.nth(1)).toContainText('e2e-model');
  await expect(history.rows.nth(1)).toContainText('11 → 7');
  expect(await history.count()).toBe(2);
});

test('filters narrow the list like a query of the log', { tag: '@page' }, async ({ panel }) => {
  const history = new History(panel.page);
  await post(panel);
  await post(panel, { dry_run: true });
  await post(panel, { provider: 'nobody-of-that-name' });
  await history.open();
  await expect(history.rows).toHaveCount(3);
  await history.filter('Mode', 'Dry').click();
  await expect(history.rows).toHaveCount(1);
  await expect(history.rows.first()).toContainText('dry');
  await history.filter('Mode', 'All').click();
  await history.filter('Result', 'Failed').click();
  await expect(history.rows).toHaveCount(1);
  await expect(history.rows.first()).toContainText('unknown_provider');
  await history.filter('Result', 'All').click();
  await panel.page.keyboard.press('Control+F');
  await expect(history.search).toBeFocused();
  await panel.page.keyboard.type('nobody-of');
  await expect(history.rows).toHaveCount(1);
  await history.search.fill('what nobody ever said');
  await expect(history.view('History')).toContainText('No call matches');
  await history.view('History').getByRole('button', { name: 'Clear filters' }).click();
  await expect(history.rows).toHaveCount(3);
});

test(
  'a failed call shows the provider’s message; without stored messages it cannot be replayed, and says so',
  { tag: '@page' },
  async ({ panel, upstream }) => {
    const words = 'Incorrect API key provided: none. Ask the office, «Tür 3».';
    upstream.answerWith(refusal(401, words, 'invalid_api_key'));
    await post(panel);
    const history = new History(panel.page);
    await history.open();
    await history.rows.first().focus();
    await panel.page.keyboard.press('Enter');
    await expect(history.errorCard).toContainText(words);
    await expect(history.errorCard.getByRole('heading')).toContainText('HTTP 401 · LM Studio');
    await expect(history.action('Replay')).toBeDisabled();
    await expect(history.action('Replay')).toHaveAttribute('title', /not saved/);

    await history.inspector.root.getByRole('switch', { name: 'Save messages and replies' }).click();
    await expect(history.inspector.root).toContainText('Messages and replies are saved now');
    await post(panel);
    await expect(history.rows).toHaveCount(2);
    await history.rows.first().click();
    await history.inspector.tab('Request').click();
    await expect(history.inspector.root.getByRole('group', { name: 'user 2' })).toHaveText(reported);
  },
);

test('a dry replay has the hash of the sent bytes, and sends nothing', async ({ panel, upstream }) => {
  const history = await openStoredCall(panel);
  await history.inspector.tab('Request').click();
  const then = await history.inspector.fact('SHA-256').textContent();
  await history.action('Replay').click();
  await expect(history.inspector.root).toContainText('Identical request');
  await expect(history.inspector.fact('SHA-256')).toHaveText(then ?? '');
  expect(await history.inspector.rawBody()).toBe((await upstream.chat(0)).body.toString('utf8'));
  await expect(history.action('Send again, live')).toBeDisabled();
  expect(upstream.chats).toHaveLength(1);
});

test('a live replay has a button of its own, and the provider receives the same bytes', async ({
  panel,
  upstream,
}) => {
  const history = await openStoredCall(panel);
  // Replay alone never sends, not even in LIVE.
  await panel.page.keyboard.press('Control+Shift+L');
  await history.rows.first().focus();
  await panel.page.keyboard.press('Control+Enter');
  await expect(history.inspector.root).toContainText('Identical request');
  expect(upstream.chats).toHaveLength(1);
  await history.action('Send again, live').click();
  await expect(history.inspector.root.getByRole('region', { name: 'Reply' })).toContainText(
    'Pong from upstream',
  );
  expect(upstream.chats).toHaveLength(2);
  expect((await upstream.chat(1)).body.equals((await upstream.chat(0)).body)).toBe(true);
  // The log has it like any other call, after the replay's plan.
  await expect
    .poll(async () => (await loggedCalls(panel)).map(({ mode }) => mode))
    .toEqual(['live', 'dry', 'live']);
});

test(
  'Open on Bench carries over messages, settings and target',
  { tag: '@page' },
  async ({ panel, upstream }) => {
    const history = await openStoredCall(panel);
    await history.action('Open on Bench').click();
    const bench = new Bench(panel.page);
    await expect(bench.message(1)).toHaveValue('You translate.');
    await expect(bench.message(2)).toHaveValue(reported);
    await bench.run();
    await expect(bench.inspector.body).toBeVisible();
    const planned = JSON.parse(await bench.inspector.rawBody()) as Record<string, unknown>;
    const sent = jsonOf(await upstream.chat(0));
    expect(planned).toMatchObject({ model: sent['model'], messages: sent['messages'], temperature: 0.4 });
    expect(upstream.chats).toHaveLength(1);
  },
);

for (const [button, name] of [
  ['JSON lines', 'jsonl'],
  ['CSV', 'csv'],
] as const) {
  test(`the exported ${button} file has the filtered calls, without their messages`, async ({ panel }) => {
    await panel.ask('settings.update', { record_bodies: true });
    for (let i = 0; i < 3; i += 1) await post(panel, { dry_run: i > 0 });
    const history = new History(panel.page);
    await history.open();
    await history.filter('Mode', 'Dry').click();
    await expect(history.rows).toHaveCount(2);
    const { name: fileName, text } = await downloadOf(panel, () =>
      panel.page.getByRole('button', { name: `Export as ${button}` }).click(),
    );
    expect(fileName).toMatch(new RegExp(`^llm-calls-.*\\.${name}$`));
    const dry = (await loggedCalls(panel))
      .filter(({ mode }) => mode === 'dry')
      .map(({ preview: _preview, ...call }) => call);
    const lines = text.trimEnd().split(/\r?\n/);
    if (name === 'jsonl') expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(dry);
    else expect(lines.slice(1).map((line) => line.split(',')[1])).toEqual(dry.map(({ id }) => id));
    expect(text).not.toContain(reported);
  });
}

test(
  'every call of a long log is reachable by keyboard, and new ones do not move the visible rows',
  { tag: '@page' },
  async ({ panel }) => {
    test.slow();
    for (let i = 0; i < 330; i += 1) await post(panel, { provider: 'stub', model: undefined });
    const history = new History(panel.page);
    await history.open();
    await history.rows.first().focus();
    await expect(async () => {
      await panel.page.keyboard.press('End');
      expect(await history.count()).toBe(330);
    }).toPass();
    await panel.page.keyboard.press('End');
    const last = panel.page.locator(':focus');
    await expect(last).toHaveAttribute('aria-rowindex', '331');
    const before = await last.boundingBox();
    await post(panel);
    const fresh = panel.page.getByRole('button', { name: '1 new' });
    await expect(fresh).toBeVisible();
    expect(await last.boundingBox()).toEqual(before);
    await fresh.click();
    await expect(history.rows.first()).toContainText('e2e-model');
    expect(await history.count()).toBe(331);
  },
);

test(
  'rows that were far away show their calls again, and a whole range is exported',
  { tag: '@page' },
  async ({ panel }) => {
    test.slow();
    // More than the window keeps records of.
    const calls = 1800;
    for (let i = 0; i < calls; i += 50)
      await Promise.all(
        Array.from({ length: 50 }, () => post(panel, { provider: 'stub', model: undefined, dry_run: true })),
      );
    const history = new History(panel.page);
    await history.open();
    const time = (await history.rows.first().textContent()) ?? '';
    await history.rows.first().focus();
    await panel.page.keyboard.press('Control+Space');
    await expect(async () => {
      await panel.page.keyboard.press('End');
      expect(await history.count()).toBe(calls);
    }).toPass();
    await panel.page.keyboard.press('End');
    await expect(panel.page.locator(':focus')).toHaveAttribute('aria-rowindex', `${calls + 1}`);
    await expect(panel.page.locator(':focus')).toContainText('stub');
    await panel.page.keyboard.press('Home');
    await expect(history.rows.first()).toHaveText(time);
    // Keys that come faster than frames: the focused row is removed before the list has scrolled.
    await history.table.evaluate(async () => {
      for (let n = 0; n < 6; n += 1) {
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true }),
        );
        await Promise.resolve();
      }
    });
    await expect(history.table.locator('[role="row"]:focus')).toBeInViewport();
    await panel.page.keyboard.press('End');
    await panel.page.locator(':focus').click({ modifiers: ['Shift'] });
    const chosen = panel.page.getByRole('group', { name: 'Chosen calls' });
    await expect(chosen).toContainText('1,800 chosen');
    const { text } = await downloadOf(panel, () =>
      chosen.getByRole('button', { name: 'JSON lines' }).click(),
    );
    const exported = text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as CallRecord).id);
    expect(new Set(exported).size).toBe(calls);
    expect(exported).toEqual(exported.toSorted().toReversed());
  },
);

test(
  'whether to store messages is asked once, and then they appear in the list',
  { tag: '@page' },
  async ({ panel }) => {
    const history = new History(panel.page);
    await history.open();
    const question = panel.page.getByRole('region', { name: 'Save messages and replies?' });
    await question.getByRole('button', { name: 'Save them' }).click();
    await expect(question).toHaveCount(0);
    await post(panel);
    await expect(history.rows.first()).toContainText(reported);
    await panel.page.reload();
    await expect(history.rows).toHaveCount(1);
    await expect(question).toHaveCount(0);
  },
);

test(
  'a plan and the call after it are one row, and totals cover both',
  { tag: '@page' },
  async ({ panel }) => {
    await post(panel, { dry_run: true });
    await post(panel);
    const history = new History(panel.page);
    await history.open();
    await expect(history.rows).toHaveCount(1);
    await expect(history.rows.first()).toContainText('+ plan');
    await expect(history.view('History')).toContainText('2 calls · 18 tokens');
  },
);

test(
  'headers sort the whole log, and selected calls are compared and deleted',
  { tag: '@page' },
  async ({ panel }) => {
    await post(panel, { provider: 'stub', model: undefined });
    await post(panel);
    await post(panel, { provider: 'nobody-of-that-name' });
    const history = new History(panel.page);
    await history.open();
    await expect(history.rows).toHaveCount(3);
    await history.table.getByRole('button', { name: 'Provider' }).click();
    await expect(history.rows.first()).toContainText('lmstudio_local');
    await expect(history.table.getByRole('columnheader', { name: 'Provider' })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
    await history.rows.first().focus();
    await panel.page.keyboard.press('Control+Space');
    const chosen = panel.page.getByRole('group', { name: 'Chosen calls' });
    // The bar moves the rows down, so the next click must wait for it.
    await expect(chosen).toContainText('1 chosen');
    await history.rows.nth(2).click({ modifiers: ['Control'] });
    await expect(chosen).toContainText('2 chosen');
    await chosen.getByRole('button', { name: 'Compare' }).click();
    await expect(panel.page.getByRole('article', { name: 'Compare calls' })).toContainText('e2e-model');
    await panel.page.getByRole('button', { name: 'Back to the list' }).click();
    await chosen.getByRole('button', { name: 'Delete' }).click();
    await chosen.getByRole('button', { name: 'Delete 2' }).click();
    await expect(history.rows).toHaveCount(1);
    await expect.poll(async () => (await loggedCalls(panel)).length).toBe(1);
  },
);
