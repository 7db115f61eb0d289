/* oxlint-disable no-empty-pattern -- Playwright reads the pattern to learn what a fixture needs. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onlyIn, test as base } from './fixtures.ts';
import { Frame } from './pages/frame.ts';
import { callApi } from './support/api.ts';
import { startHeadless } from './support/launch-web.ts';
import { removeRuntimeRoot } from './support/runtime-root.ts';

/** A port that another program uses for as long as the test runs. */
const test = base.extend<{ takenPort: number }>({
  takenPort: async ({}, use) => {
    const other: Server = createServer((_request, response) => response.end('another program'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    await use((other.address() as AddressInfo).port);
    await new Promise((resolve) => other.close(resolve));
  },
});

test.describe('in the window', () => {
  onlyIn('electron', 'the headless server ends instead');

  test('the banner names the port, and "Use …" starts the API on the suggested one', async ({
    launch,
    takenPort,
  }) => {
    const panel = await launch({ env: { COMFYVN_LLM_PORT: String(takenPort) } });
    const frame = new Frame(panel.page);
    expect(panel.apiUrl).toBe('');
    const banner = panel.page.getByRole('alert');
    await expect(banner).toContainText(`port ${takenPort} on 127.0.0.1 is taken`);
    await expect(banner).toContainText('--port');
    await expect(frame.statusBar).not.toContainText('http://');

    const use = banner.getByRole('button', { name: /^Use \d+$/ });
    const offered = Number((await use.innerText()).replace('Use ', ''));
    await use.click();
    await expect(banner).toHaveCount(0);
    await expect(frame.statusBar).toContainText(`http://127.0.0.1:${offered}`);
    const { status, body } = await callApi(`http://127.0.0.1:${offered}`, 'GET', '/health');
    expect(status).toBe(200);
    expect(body).toMatchObject({ service: 'comfyvn-llm-panel', listening: `http://127.0.0.1:${offered}` });
  });
});

test.describe('without a window', () => {
  onlyIn('web', 'the window opens with a banner instead');

  test('the server exits with 1 and one line that names the port and the flag', async ({ takenPort }) => {
    const server = startHeadless({}, ['--ui', '--port', String(takenPort)]);
    expect(await server.output.exit()).toBe(1);
    expect(server.output.text().trim()).toMatch(
      new RegExp(`^port ${takenPort} on 127\\.0\\.0\\.1 is taken.*--port.*$`),
    );
    removeRuntimeRoot(server.runtimeRoot);
  });
});
