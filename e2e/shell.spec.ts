import { expect, onlyIn, test } from './fixtures.ts';
import { panelUrl, startHeadless } from './support/launch-web.ts';
import { PageWatch } from './support/page-watch.ts';
import { waitUntilReady } from './support/panel.ts';
import { removeRuntimeRoot } from './support/runtime-root.ts';

onlyIn('web', 'about the page that a browser is served');

test('the panel’s files need no token, its operations do', async ({ panel }) => {
  const shell = await fetch(`${panel.apiUrl}/`);
  expect(shell.status).toBe(200);
  expect(shell.headers.get('content-type')).toContain('text/html');
  const policy = shell.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
  expect(await shell.text()).not.toMatch(/token=|<script>|<style/);

  const rpc = (authorization?: string) =>
    fetch(`${panel.apiUrl}/rpc/settings.get`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    });
  for (const authorization of [undefined, 'Bearer wrong', 'Basic d3Jvbmc6d3Jvbmc=']) {
    const refused = await rpc(authorization);
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ ok: false, code: 'token_required' });
  }
  const events = await fetch(`${panel.apiUrl}/rpc/events`);
  expect(events.status).toBe(401);
});

test('the token is removed from the address bar, and a reload still has it', async ({ panel }) => {
  const { page } = panel;
  expect(page.url()).not.toContain('token');
  expect(await page.evaluate(() => window.history.length)).toBeLessThanOrEqual(2);
  await page.reload();
  await expect(page.getByRole('main', { name: 'Bench' })).toBeVisible();
  await waitUntilReady(page);
});

test('a wrong or missing token shows how to get the right address', async ({ panel, chromiumBrowser }) => {
  const context = await (await chromiumBrowser()).newContext();
  const page = await context.newPage();
  const watch = new PageWatch();
  watch.expect(/status of 401/);
  await watch.attach(page);
  await page.goto(`${panel.apiUrl}/`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This address is missing its token');

  await page.goto(`${panel.apiUrl}/#token=wrong-token-of-another-start`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This token does not match the server’s');
  await expect(page.getByRole('main')).toContainText(`${panel.apiUrl}/#token=…`);
  expect(page.url()).not.toContain('token');
  expect(watch.problems).toEqual([]);
  await context.close();
});

test('the right address pasted into the help page opens the panel', async ({ chromiumBrowser }) => {
  const server = startHeadless();
  const url = await panelUrl(server);
  const context = await (await chromiumBrowser()).newContext();
  const page = await context.newPage();
  await page.goto(url.origin);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This address is missing its token');
  await page.goto(url.href);
  await waitUntilReady(page);
  await context.close();
  expect(await server.stop()).toBe(0);
  removeRuntimeRoot(server.runtimeRoot);
});

test('without --ui there is no panel and no operation to call', async () => {
  const server = startHeadless({}, ['--port', '0']);
  const [, address = ''] = await server.output.match(/listening on (http:\S+)/);
  expect(await (await fetch(`${address}/`)).text()).toBe('ComfyVN LLM Panel is running');
  const headers = { 'content-type': 'application/json' };
  const rpc = await fetch(`${address}/rpc/settings.get`, { method: 'POST', body: '{}', headers });
  expect([401, 404]).toContain(rpc.status);
  expect(server.output.text()).not.toContain('token');
  expect(await server.stop()).toBe(0);
  removeRuntimeRoot(server.runtimeRoot);
});
