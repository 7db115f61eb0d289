import { createHash } from 'node:crypto';
import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

test.use({
  plantedEnv: async ({ upstream }, use) => use({ COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl }),
});

test('what Plan shows is byte for byte what Send transmits', async ({ panel, upstream }) => {
  const bench = new Bench(panel.page);
  const { inspector } = bench;
  await bench.pickTarget(/LM Studio/);
  await bench.message().fill('「もう少しだけ」 — “quotes”, tabs\tand 🙂');
  await bench.run();
  await expect(bench.plan).toBeVisible();
  const planned = await inspector.fact('SHA-256').innerText();
  const body = await inspector.rawBody();
  expect(upstream.received).toEqual([]);

  await bench.mode('LIVE').click();
  await bench.run();
  await expect(bench.replyText).toHaveText('Pong from upstream');
  const sent = await upstream.chat(0);
  expect(sent.body.toString('utf8')).toBe(body);
  expect(sha256(sent.body)).toBe(planned);
  // The plan that stands beside the reply is that of the same bytes.
  await expect(inspector.fact('SHA-256')).toHaveText(planned);
});

test('the plan follows the module: its preset’s options are in the body, and the input is said to have changed', async ({
  panel,
}) => {
  const bench = new Bench(panel.page);
  await bench.pickModule(/Translate/);
  await bench.run();
  await expect(bench.inspector.root).toContainText('Resolved by the module’s preset');
  const body = JSON.parse(await bench.inspector.rawBody()) as Record<string, unknown>;
  expect(body).toHaveProperty('temperature');

  await bench.message().fill('Something else');
  await expect(bench.inspector.root).toContainText('The input has changed since.');
});

test('the cURL line has the variable, never the key', async ({ launch }) => {
  const key = 'sk-e2e-0123456789abcdefWXYZ';
  const { page } = await launch({ env: { COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: key } });
  const bench = new Bench(page);
  await bench.run();
  await bench.inspector.tab('cURL').click();
  // By name: while one panel gives way to the other there are two.
  await expect(bench.inspector.root.getByRole('tabpanel', { name: 'cURL' })).toContainText(
    '$COMFYVN_LLM_OPENAI_PUBLIC_API_KEY',
  );
  expect(await page.content()).not.toContain(key);
});
