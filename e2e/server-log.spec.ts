import { expect, test } from './fixtures.ts';
import { Server } from './pages/server.ts';
import { callApi } from './support/api.ts';
import { readServerLog } from './support/runtime-root.ts';
import { refusal } from './support/upstream-answers.ts';

const planted = 'sk-planted-7Q2mZx81LkT4vB9rWn';

test.use({
  plantedEnv: async ({ upstream }, use) =>
    use({
      COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl,
      COMFYVN_LLM_LMSTUDIO_LOCAL_API_KEY: planted,
    }),
});

const messages = [{ role: 'user', content: 'Hello' }];

function chat(apiUrl: string, provider: string, id: string): Promise<Response> {
  return fetch(`${apiUrl}/api/llm/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': id },
    body: JSON.stringify({ provider, messages, retries: 0 }),
  });
}

test('the log shows a call with its request id, without the key that the provider repeats', async ({
  panel,
  upstream,
}) => {
  upstream.answerWith(refusal(401, `Incorrect API key provided: ${planted}.`, 'invalid_api_key'));
  const server = new Server(panel.page);
  await chat(panel.apiUrl, 'stub', 'before-it-was-open');
  await server.open('Live log');
  const lines = (id: string) => server.log.getByRole('button', { name: `Show the call of request ${id}` });
  await expect(lines('before-it-was-open').first()).toBeVisible();

  await (await chat(panel.apiUrl, 'lmstudio_local', 'while-it-is-open')).text();
  expect((await upstream.chat(0)).headers['authorization']).toBe(`Bearer ${planted}`);
  await expect(lines('while-it-is-open').first()).toBeVisible();
  await expect(server.log).toContainText('Incorrect API key');
  expect(await panel.page.content()).not.toContain(planted);
  expect(readServerLog(panel.runtimeRoot)).not.toContain(planted);
});

test('the filter finds a request, the level hides what is below it, and a click opens its call', async ({
  panel,
}) => {
  const server = new Server(panel.page);
  await server.open('Live log');
  await (await chat(panel.apiUrl, 'stub', 'needle-1')).text();
  await (await chat(panel.apiUrl, 'nobody', 'other-1')).text();
  await callApi(panel.apiUrl, 'GET', '/api/llm/nothing');
  const needle = server.log.getByRole('button', { name: 'Show the call of request needle-1' });
  await expect(server.log.getByText('there is no /api/llm/nothing').first()).toBeVisible();

  await server.main.getByRole('searchbox', { name: 'Filter the log' }).fill('needle');
  await expect(needle.first()).toBeVisible();
  await expect(server.log.getByText('nobody')).toHaveCount(0);
  await server.pick('Level', /^Errors/);
  await expect(needle).toHaveCount(0);
  await server.pick('Level', 'Everything');

  await needle.first().click();
  await expect(server.view('History')).toBeVisible();
  const id = await panel.page.evaluate(() => window.location.hash.split('/')[2] ?? '');
  const { body } = await callApi(panel.apiUrl, 'GET', `/api/llm/calls/${id}`);
  expect(body['call']).toMatchObject({ request_id: 'needle-1', provider: 'stub' });
});

test('a paused log stays still and counts the new lines', async ({ panel }) => {
  const server = new Server(panel.page);
  await server.open('Live log');
  await server.button('Pause').click();
  await (await chat(panel.apiUrl, 'stub', 'held-back')).text();
  const resume = server.main.getByRole('button', { name: /^Resume/ });
  await expect(resume).toContainText(/\d+ new/);
  const line = server.log.getByRole('button', { name: 'Show the call of request held-back' });
  await expect(line).toHaveCount(0);
  await resume.click();
  await expect(line.first()).toBeVisible();
});
