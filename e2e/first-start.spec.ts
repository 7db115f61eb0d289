import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { Providers } from './pages/providers.ts';
import { Translate } from './pages/translate.ts';
import { appOf } from './support/panel.ts';
import { projectRoot } from './support/project-scripts.ts';
import { jsonOf } from './support/upstream-answers.ts';

const packFile = (path: string) =>
  JSON.parse(readFileSync(join(projectRoot, 'prompt-packs', path), 'utf8')) as {
    variables: Record<string, unknown>;
    reply: string;
  };

test('first start: without a key, the exact request, its price and a marked sample reply appear after one press', async ({
  launch,
}) => {
  const started = Date.now();
  const panel = await launch();
  const bench = new Bench(panel.page);
  await panel.page.getByRole('button', { name: 'Try offline' }).click();
  await expect(bench.reply).toContainText('Sample reply');
  await expect(bench.reply).toContainText('no model was asked');
  await expect(bench.inspector.body).toBeVisible();
  await expect(bench.inspector.root.getByText(/^Cost \$0\.\d+ – \$0\.\d+$/)).toBeVisible();
  const took = Date.now() - started;
  test.info().annotations.push({ type: 'launch to sample, ms', description: String(took) });

  const { variables, reply } = packFile('vn_chat/samples/docks.json');
  await expect(bench.replyText).toHaveText(reply);
  await expect(bench.reply.getByRole('group', { name: 'Checks' })).toContainText(/checks? passed/);
  const planned = await panel.ask('packs.plan', { module: 'vn_chat', variables, send: true, stream: true });
  if (!planned.ok) throw new Error(planned.error.message);
  expect(JSON.parse(await bench.inspector.rawBody())).toEqual(planned.data.plan.body);
});

test.describe('with LM Studio running', () => {
  test.use({
    plantedEnv: async ({ upstream }, use) => use({ COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl }),
  });

  test('first start: one click finds it, one selects it, and its answer appears', async ({
    launch,
    plantedEnv,
    upstream,
  }) => {
    upstream.listWith(
      (response) =>
        void response.end(
          JSON.stringify({
            data: [{ id: 'text-embedding-nomic-embed-text-v1.5' }, { id: 'qwen2.5-7b-instruct' }],
          }),
        ),
    );
    const started = Date.now();
    const panel = await launch({ env: plantedEnv });
    const bench = new Bench(panel.page);
    const card = panel.page.getByRole('article', { name: 'A model on this computer' });
    await expect(card).toBeVisible();
    expect(upstream.received, 'no server is asked before the click').toEqual([]);
    await card.getByRole('button', { name: 'Find local servers' }).click();
    await expect(card).toContainText('LM Studio found, 1 model');
    await card.getByRole('button', { name: 'Use qwen2.5-7b-instruct' }).click();
    await expect(bench.mode('LIVE')).toBeChecked();
    await bench.run();
    await expect(bench.replyText).toHaveText('Pong from upstream');
    const took = Date.now() - started;
    test.info().annotations.push({ type: 'launch to local reply, ms', description: String(took) });
    expect(jsonOf(await upstream.chat(0))).toMatchObject({ model: 'qwen2.5-7b-instruct', stream: true });
    await expect(bench.view('Bench')).toBeVisible();
    // The registry cannot list what a local server has, so that is no warning.
    await expect(bench.view('Bench').getByText(/does not list/)).toHaveCount(0);
    const question = panel.page.getByRole('region', { name: 'Save messages and replies?' });
    await question.getByRole('button', { name: 'Save them' }).click();
    await expect(question).toHaveCount(0);
    expect(await panel.ask('settings.get', {})).toMatchObject({ data: { record_bodies: true } });

    // A server that answered is known to work, and a new project uses it: the module's own has no key.
    const providers = new Providers(panel.page);
    await providers.open();
    await expect(providers.row('Ready', 'LM Studio')).toBeVisible();
    const translate = new Translate(panel);
    await translate.open();
    await translate.pasteText('Mira: Good morning.');
    await translate.button(/^Run/).first().click();
    const offer = translate.work.getByRole('region', { name: 'Run this plan?' });
    await expect(offer).toContainText('qwen2.5-7b-instruct');
    await expect(offer.getByRole('button', { name: 'Run', exact: true })).toBeEnabled();
  });

  test('the model picker reads the server’s list when it opens, and marks models that are not installed', async ({
    panel,
    upstream,
  }) => {
    upstream.listWith((response) => void response.end(JSON.stringify({ data: [{ id: 'qwen3-4b' }] })));
    const bench = new Bench(panel.page);
    await bench.pickTarget(/LM Studio/);
    const picker = panel.page.getByRole('combobox', { name: 'Model', exact: true });
    // The preselected model is an installed one, not the first one in the registry.
    await expect(picker).toHaveValue('qwen3-4b');
    await picker.click();
    await expect(panel.page.getByRole('option', { name: /^qwen3-4b/ })).toBeVisible();
    await expect(panel.page.getByRole('option', { name: /not installed/ }).first()).toBeVisible();
    expect(upstream.received.map(({ path }) => path)).toEqual(['/v1/models']);
  });
});

test('a vendor’s page opens in the system’s browser, and other pages do not', async ({ panel }, info) => {
  test.skip(info.project.name !== 'electron', 'a browser opens its own tabs');
  const app = appOf(panel);
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url) => void opened.push(url);
  });
  await panel.page.getByRole('link', { name: 'Get a key from OpenRouter' }).click();
  await panel.page.evaluate(() => void window.open('https://example.com/'));
  const opened = () => app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
  await expect.poll(opened).toEqual([expect.stringMatching(/^https:\/\//)]);
  expect(app.windows()).toHaveLength(1);
});
