import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { Server } from './pages/server.ts';

// As ComfyVN might write it: a number too large for a double, a flag of its own, another section, tabs.
const config = `{
\t"ui": { "10": 1, "big": 12345678901234567890 },
\t"features": { "enable_llm_openai": false, "their_own": { "deep": [1, 2] } }
}
`;

test.use({ plantedFiles: { 'config/comfyvn.json': config } });

test('a flag’s switch changes exactly that flag in config/comfyvn.json', async ({ panel }) => {
  const file = () => readFileSync(join(panel.runtimeRoot, 'config', 'comfyvn.json'), 'utf8');
  const server = new Server(panel.page);
  await server.open('Feature flags');
  const flag = server.main.getByRole('switch', { name: 'enable_llm_openai', exact: true });
  await expect(flag).not.toBeChecked();
  await flag.click();
  await expect(flag).toBeChecked();
  expect(file()).toBe(config.replace('"enable_llm_openai": false', '"enable_llm_openai": true'));
  await flag.click();
  await expect(flag).not.toBeChecked();
  expect(file()).toBe(config);
  await expect(server.main.getByText('their_own', { exact: true })).toBeVisible();
  await expect(server.main.getByRole('switch', { name: 'their_own' })).toHaveCount(0);
});

test('an endpoint that needs a flag says so until it is on, and its command then works', async ({
  panel,
}) => {
  const server = new Server(panel.page);
  await server.openEndpoint('POST /api/emulation/chat');
  await expect(server.main.getByText('silly_compat_offload')).toBeVisible();
  await server.button('Feature flags').click();
  await server.main.getByRole('switch', { name: 'silly_compat_offload' }).click();
  await server.openEndpoint('POST /api/emulation/chat');
  await expect(server.main.getByText('silly_compat_offload')).toHaveCount(0);
  await expect(server.code('cURL')).toContainText(`${panel.apiUrl}/api/emulation/chat`);
});
