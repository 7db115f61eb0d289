import type { ElectronApplication } from 'playwright/test';
import { expect, onlyIn, test } from './fixtures.ts';
import { Bench } from './pages/bench.ts';
import { callApi } from './support/api.ts';
import { openAiAt, openAiCall } from './support/openai-at.ts';
import { appOf } from './support/panel.ts';
import { readJsonFile } from './support/runtime-root.ts';
import { completion } from './support/upstream-answers.ts';

const typed = 'The lighthouse keeper has not spoken since the storm.';

const savedText = (root: string) => () => JSON.stringify(readJsonFile(root, 'panel.json'));

test('a draft survives a kill of the app during an edit', async ({ launch }) => {
  const first = await launch();
  const bench = new Bench(first.page);
  await bench.message().fill('');
  // Typed without a pause: text older than two seconds is saved by then.
  await bench.message().pressSequentially(typed, { delay: 20 });
  await expect.poll(savedText(first.runtimeRoot)).toContain(typed);
  await first.kill();

  const second = await launch({ runtimeRoot: first.runtimeRoot });
  await expect(new Bench(second.page).message()).toHaveValue(typed);
});

test('a draft is saved at once when the page closes', async ({ panel }) => {
  const bench = new Bench(panel.page);
  await bench.message().fill(typed);
  await panel.page.reload();
  await expect.poll(savedText(panel.runtimeRoot)).toContain(typed);
  // On a busy machine the first page may have loaded before the save arrived.
  await panel.page.reload();
  await expect(new Bench(panel.page).message()).toHaveValue(typed);
});

test.describe('when the page crashes', () => {
  onlyIn('electron', 'a browser reloads its own pages');

  const crash = (app: ElectronApplication) =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
  /** Playwright gives up on a crashed page, so the new page is queried through main; a dead page never answers. */
  const inPage = (app: ElectronApplication, script: string) =>
    app.evaluate(({ BrowserWindow }, code) => {
      const answer = BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code);
      const silence = new Promise((resolve) => setTimeout(resolve, 1000));
      return Promise.race([answer as Promise<unknown>, silence]).catch(() => undefined);
    }, script);
  const isReady = (app: ElectronApplication) => () =>
    inPage(
      app,
      `document.documentElement.dataset.ready === 'true' && document.body.dataset.crashed !== 'yes'`,
    );
  const mark = (app: ElectronApplication) => inPage(app, `document.body.dataset.crashed = 'yes'`);
  const values = `[...document.querySelectorAll('textarea')].map(({ value }) => value).join('|')`;

  test('it reloads once with its drafts, and the API keeps running', async ({ panel }) => {
    panel.watch.expect(/the page crashed/);
    const app = appOf(panel);
    const bench = new Bench(panel.page);
    await bench.message().fill(typed);
    await expect.poll(savedText(panel.runtimeRoot)).toContain(typed);
    await callApi(panel.apiUrl, 'POST', '/api/llm/runtime/register', { id: 'survivor', provider: 'stub' });
    await mark(app);
    await crash(app);
    await expect.poll(isReady(app)).toBe(true);
    await expect.poll(() => inPage(app, values)).toContain(typed);
    // The same process: data that exists only in its memory is still there.
    const { status, body } = await callApi(panel.apiUrl, 'GET', '/api/llm/runtime');
    expect([status, JSON.stringify(body)]).toEqual([200, expect.stringContaining('survivor')]);
  });

  test('a second crash within a minute asks before reloading', async ({ panel }) => {
    panel.watch.expect(/the page crashed/);
    const app = appOf(panel);
    await app.evaluate(({ dialog }) => {
      const seen = globalThis as unknown as { asked: string[]; answer: (n: number) => void };
      seen.asked = [];
      dialog.showMessageBox = ((_window: unknown, { message }: { message: string }) => {
        seen.asked.push(message);
        return new Promise((resolve) => {
          seen.answer = (response) => resolve({ response, checkboxChecked: false });
        });
      }) as unknown as typeof dialog.showMessageBox;
    });
    const asked = () => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
    await mark(app);
    await crash(app);
    await expect.poll(isReady(app)).toBe(true);
    expect(await asked()).toEqual([]);
    await mark(app);
    await crash(app);
    await expect.poll(asked).toHaveLength(1);
    expect(await isReady(app)()).not.toBe(true);
    await app.evaluate(() => (globalThis as unknown as { answer: (n: number) => void }).answer(0));
    await expect.poll(isReady(app)).toBe(true);
    expect((await callApi(panel.apiUrl, 'GET', '/health')).status).toBe(200);
  });
});

test('quitting waits for a running call, which gets its complete answer', async ({ launch, upstream }) => {
  const panel = await launch(openAiAt(upstream, { env: { OPENAI_API_KEY: 'sk-e2e-0123456789' } }));
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  upstream.answerWith(async (response) => {
    await released;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(completion('worth the wait')));
  });
  const answer = callApi(panel.apiUrl, 'POST', '/api/llm/chat', openAiCall);
  await upstream.chat(0);
  const closed = panel.close();
  // New calls are refused by then.
  const another = () => callApi(panel.apiUrl, 'POST', '/api/llm/chat', { ...openAiCall, provider: 'stub' });
  await expect.poll(() => another().then(({ body }) => body['code'])).toBe('shutting_down');
  release();
  const { status, body } = await answer;
  expect([status, body['reply']]).toEqual([200, 'worth the wait']);
  expect(await closed).toBe(0);
});
