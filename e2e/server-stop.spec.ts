import { expect, onlyIn, test } from './fixtures.ts';
import { Server } from './pages/server.ts';
import { callApi } from './support/api.ts';
import { appOf } from './support/panel.ts';

test.describe('in the desktop window', () => {
  onlyIn('electron', 'a page cannot stop the server that serves it');

  test('stopped, the port refuses connections; started, the same address answers', async ({ panel }) => {
    const server = new Server(panel.page);
    await server.open('API and access');
    await server.button('Stop').click();
    await expect(server.button('Start')).toBeVisible();
    await expect(server.statusBar).toContainText('API stopped');
    await expect(fetch(`${panel.apiUrl}/health`)).rejects.toThrow();
    await server.open('Connect ComfyVN');
    await expect(server.button('Test connection')).toBeDisabled();
    await server.open('API and access');
    await server.button('Start').click();
    await expect(server.statusBar).toContainText(panel.apiUrl);
    expect((await callApi(panel.apiUrl, 'GET', '/health')).body).toMatchObject({ listening: panel.apiUrl });
  });

  test('a token created here is only on the clipboard, and every call needs it at once', async ({
    panel,
  }) => {
    const server = new Server(panel.page);
    await server.open('API and access');
    await server.button('Generate and copy token').click();
    await expect(server.button('Do not require a token')).toBeVisible();
    const token = await appOf(panel).evaluate(({ clipboard }) => clipboard.readText());
    expect(token.length).toBeGreaterThanOrEqual(16);
    expect(await panel.page.content()).not.toContain(token);
    expect((await callApi(panel.apiUrl, 'GET', '/api/llm/runtime')).status).toBe(401);
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${panel.apiUrl}/api/llm/runtime`, { headers })).status).toBe(200);
    await server.button('Do not require a token').click();
    await expect(server.button('Do not require a token')).toHaveCount(0);
    expect((await callApi(panel.apiUrl, 'GET', '/api/llm/runtime')).status).toBe(200);
  });
});

test.describe('in a browser', () => {
  onlyIn('web', 'the desktop window can stop it');

  test('Stop says why it is disabled, and the core refuses it too', async ({ panel }) => {
    panel.watch.expect(/status of 400/);
    const server = new Server(panel.page);
    await server.open('API and access');
    await expect(server.button('Stop')).toBeDisabled();
    await expect(server.button('Stop')).toHaveAttribute('title', /Ctrl\+C/);
    expect(await panel.ask('server.stop', {})).toMatchObject({ ok: false });
    expect((await callApi(panel.apiUrl, 'GET', '/health')).status).toBe(200);
  });
});

test('an allowed origin takes effect at once, and survives a restart', async ({ panel, launch }) => {
  const origin = 'http://studio.test:3000';
  const asPage = async (apiUrl: string) =>
    (await fetch(`${apiUrl}/api/llm/runtime`, { headers: { origin } })).headers.get(
      'access-control-allow-origin',
    );
  expect(await asPage(panel.apiUrl)).toBeNull();
  const server = new Server(panel.page);
  await server.open('API and access');
  const field = server.main.getByRole('textbox', { name: 'Allowed origins' });
  panel.watch.expect(/status of 400/);
  await field.fill('studio.test');
  await server.button('Save').click();
  await expect(server.main.getByRole('alert')).toContainText('not an origin');
  expect(await asPage(panel.apiUrl)).toBeNull();
  await field.fill(origin);
  await server.button('Save').click();
  await expect(server.button('Save')).toBeDisabled();
  expect(await asPage(panel.apiUrl)).toBe(origin);
  await panel.close();
  const again = await launch({ runtimeRoot: panel.runtimeRoot });
  expect(await asPage(again.apiUrl)).toBe(origin);
});
