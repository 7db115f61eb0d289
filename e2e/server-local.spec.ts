import { expect, test } from './fixtures.ts';
import { Server } from './pages/server.ts';

test.use({
  plantedEnv: async ({ upstream }, use) => use({ COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.baseUrl }),
});

test('local servers are searched for only on a click, and the result lists their models', async ({
  panel,
  upstream,
}) => {
  const server = new Server(panel.page);
  await server.open('Local servers');
  const look = server.button('Look for local servers');
  await expect(look).toBeVisible();
  expect(upstream.received).toEqual([]);
  await look.click();
  const found = server.main.getByRole('article').filter({ hasText: upstream.baseUrl });
  await expect(found).toContainText('1 model');
  await expect(found.getByRole('combobox', { name: 'Model: e2e-model' })).toBeVisible();
  expect(upstream.received.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/models']);
});
