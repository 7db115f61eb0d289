import { expect, test } from './fixtures.ts';
import { Server } from './pages/server.ts';
import { callApi } from './support/api.ts';
import { readServerLog } from './support/runtime-root.ts';

interface LoggedCall {
  request_id: string;
  provider: string;
  door: string;
  mode: string;
  ok: boolean;
}

async function callsOf(apiUrl: string): Promise<LoggedCall[]> {
  return (await callApi(apiUrl, 'GET', '/api/llm/calls')).body['calls'] as LoggedCall[];
}

for (const [name, path] of [
  ['Proxy adapter', '/api/llm'],
  ['OpenAI-compatible adapter', '/v1'],
] as const) {
  test(`Connect ComfyVN: the ${name}’s entry has the server’s address, and its round trip is an ordinary call`, async ({
    panel,
  }) => {
    const server = new Server(panel.page);
    await server.open('Connect ComfyVN');
    await server.main.getByRole('radio', { name }).click();
    const entry = JSON.parse((await server.code(`Entry for ${name}`).textContent()) ?? '') as object;
    expect(entry).toEqual({
      name: 'llm_panel',
      adapter: path === '/v1' ? 'openai_compat' : 'proxy',
      base: `${panel.apiUrl}${path}`,
    });

    expect(await callsOf(panel.apiUrl)).toEqual([]);
    await server.button('Test connection').click();
    await expect(server.main.getByText('The connection works')).toBeVisible();
    const [call, ...others] = await callsOf(panel.apiUrl);
    expect(others).toEqual([]);
    expect(call).toMatchObject({ provider: 'stub', door: 'http', mode: 'mock', ok: true });
    const id = call?.request_id ?? '';
    await expect(server.main.getByText(id, { exact: true })).toBeVisible();
    await expect.poll(() => readServerLog(panel.runtimeRoot)).toContain(`"request_id":"${id}"`);

    await server.button('Show it in History').click();
    await expect(server.view('History')).toBeVisible();
    expect(await panel.page.evaluate(() => window.location.hash)).toMatch(/^#\/history\/[0-9a-v]{18}/);
  });
}

test('a request of ComfyVN’s own adapter to the entry’s base gets a reply that the adapter can read', async ({
  panel,
}) => {
  const server = new Server(panel.page);
  await server.open('Connect ComfyVN');
  const { base } = JSON.parse((await server.code('Entry for Proxy adapter').textContent()) ?? '') as {
    base: string;
  };
  const response = await fetch(`${base}/chat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'stub', messages: [{ role: 'user', content: 'Guten Tag' }], params: {} }),
  });
  expect(await response.json()).toMatchObject({ reply: 'Guten Tag' });
});
