import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

test.use({
  plantedEnv: async ({ upstream }, use) => use({ COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl }),
});

test('Plan shows the exact bytes that Send transmits', async ({ panel, upstream }) => {
  const bench = new Bench(panel.page);
  const { inspector } = bench;
  await bench.pickTarget(/LM Studio/);
  await bench.message().fill('「もう少しだけ」 — “quotes”, tabs\tand 🙂');
  await bench.run();
  await expect(bench.plan).toBeVisible();
  const planned = await inspector.fact('SHA-256').innerText();
  const body = await inspector.rawBody();
  expect(upstream.chats).toEqual([]);

  await bench.mode('LIVE').click();
  await bench.run();
  await expect(bench.replyText).toHaveText('Pong from upstream');
  const sent = await upstream.chat(0);
  expect(sent.body.toString('utf8')).toBe(body);
  expect(sha256(sent.body)).toBe(planned);
  // The plan beside the reply has the same bytes.
  await expect(inspector.fact('SHA-256')).toHaveText(planned);
});

test(
  'the plan follows the module: its preset’s options are in the body, and a changed input is marked',
  { tag: '@page' },
  async ({ panel }) => {
    const bench = new Bench(panel.page);
    await bench.pickModule(/Translate/);
    await bench.run();
    await expect(bench.inspector.root).toContainText('Resolved by the module’s preset');
    const body = JSON.parse(await bench.inspector.rawBody()) as Record<string, unknown>;
    expect(body).toHaveProperty('temperature');

    await bench.message().fill('Something else');
    await expect(bench.inspector.root).toContainText('The input has changed since this plan.');
  },
);

test('the code to copy has the key’s variable, never the key, in each of its languages', async ({
  launch,
}) => {
  const key = 'sk-e2e-0123456789abcdefWXYZ';
  const { page } = await launch({ env: { COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: key } });
  const bench = new Bench(page);
  await bench.run();
  for (const form of ['cURL', 'PowerShell', 'fetch', 'Python'])
    expect(await bench.inspector.codeAs(form)).toContain('COMFYVN_LLM_OPENAI_PUBLIC_API_KEY');
  expect(await page.content()).not.toContain(key);
});

test('the copied fetch code, run in Node, sends the bytes of the plan', async ({ panel, upstream }) => {
  const bench = new Bench(panel.page);
  await bench.pickTarget(/LM Studio/);
  await bench.message().fill('「もう少しだけ」 — it’s "quoted" \\ $HOME `id` 🙂');
  await bench.run();
  const planned = await bench.inspector.fact('SHA-256').innerText();
  const code = await bench.inspector.codeAs('fetch');
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
  expect(sha256((await upstream.chat(0)).body)).toBe(planned);
});

test(
  'the token breakdown adds up to the prompt, and shows the change since the previous run',
  { tag: '@page' },
  async ({ panel }) => {
    const bench = new Bench(panel.page);
    await bench.pickTarget(/LM Studio/);
    await bench.run();
    await expect(bench.plan).toBeVisible();
    await bench.message().fill('Another line');
    await bench.run();
    await bench.inspector.tab('Adjustments').click();
    const since = bench.inspector.root.getByRole('region', { name: 'Changes since the previous run' });
    await expect(since).toContainText('/messages/0/content');
    await expect(since).toContainText('Another line');
    await bench.inspector.tab('Cost').click();
    const parts = bench.inspector.root.getByRole('region', { name: 'Tokens by part' }).getByRole('row');
    const tokens = await parts.evaluateAll((rows) =>
      rows.map((row) => Number((row as HTMLTableRowElement).cells[2]?.textContent?.replaceAll(',', ''))),
    );
    const total = await bench.inspector.fact('Prompt tokens').innerText();
    expect(tokens.reduce((sum, count) => sum + count, 0)).toBe(parseInt(total, 10));
  },
);
