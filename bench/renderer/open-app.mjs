import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sandboxArguments } from '../../scripts/support/display.mjs';
import { projectRoot } from '../support/processes.mjs';

/**
 * Opens the built app with a data folder and waits until its page is ready.
 * @returns Playwright's app and its page
 */
export async function openApp(executable, root) {
  const { _electron } = await import(
    pathToFileURL(join(projectRoot, 'node_modules', 'playwright', 'test.mjs')).href
  );
  const args = [...sandboxArguments(executable).args, projectRoot];
  const own = /^(COMFYVN_|ELECTRON_RUN_AS_NODE$|NODE_OPTIONS$)|_API_KEY(_\d)?$/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
  const app = await _electron.launch({
    executablePath: executable,
    args,
    env: { ...env, COMFYVN_RUNTIME_ROOT: root, COMFYVN_LLM_PORT: '0' },
    colorScheme: null,
  });
  const page = await app.firstWindow();
  page.setDefaultTimeout(60_000);
  await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' });
  return { app, page };
}
