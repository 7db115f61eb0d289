import { _electron, type ElectronApplication, type Page } from 'playwright/test';
import type { PanelBridge } from '../../contract/bridge.ts';
import type { Envelope } from '../../contract/errors.ts';
import { type LaunchOptions, type Panel, waitUntilReady } from './panel.ts';
import { PageWatch } from './page-watch.ts';
import { ProcessOutput } from './process-output.ts';
import { productEnv, makeRuntimeRoot, plantFiles } from './runtime-root.ts';
import { electronRuntime, projectRoot, sandboxArguments } from './project-scripts.ts';

/** No test may write into the keyring of the user who runs the tests. */
const noKeyring = ['--password-store=basic'];

/** The command that starts the desktop app, for Playwright and for a second instance. */
export async function desktopCommand(): Promise<{ command: string; args: string[] }> {
  const { executable } = await electronRuntime();
  return { command: executable, args: [...(await sandboxArguments(executable)), projectRoot] };
}

async function closeApp(app: ElectronApplication, output: ProcessOutput): Promise<number | null> {
  await app.close();
  return output.exit();
}

/**
 * Reloads the window: the first load is not watched for policy violations, and runs while the core is still
 * loading.
 */
async function openWindow(app: ElectronApplication, watch: PageWatch): Promise<Page> {
  const page = await app.firstWindow();
  await watch.attach(page);
  await page.reload();
  await waitUntilReady(page);
  return page;
}

/** Starts the real desktop app with its own runtime root and a free port. */
export async function launchDesktop(options: LaunchOptions = {}): Promise<Panel> {
  const runtimeRoot = options.runtimeRoot ?? makeRuntimeRoot();
  plantFiles(runtimeRoot, options.files ?? {});
  const env = productEnv({ COMFYVN_LLM_PORT: '0', ...options.env, COMFYVN_RUNTIME_ROOT: runtimeRoot });
  const { command, args } = await desktopCommand();
  // By default Playwright emulates a light system; this uses the real one.
  const launchArgs = [...(options.args ?? noKeyring), ...args];
  const app = await _electron.launch({ executablePath: command, args: launchArgs, env, colorScheme: null });
  const output = new ProcessOutput(app.process());
  const watch = new PageWatch();
  const page = await openWindow(app, watch).catch(async (error: Error) => {
    await app.close();
    throw new Error(`${error.message}\n${watch.problems.join('\n')}\n${output.text()}`);
  });

  let calls = 0;
  let closed: Promise<number | null> | undefined;
  const ask = (name: string, input: unknown) => {
    const callId = `e2e-${++calls}`;
    return page.evaluate(
      ([operation, value, id]) => {
        const { panel } = window as unknown as { panel: PanelBridge };
        return panel.request(operation, value, id);
      },
      [name, input, callId] as const,
    ) as Promise<Envelope<never>>;
  };
  const panel: Panel = {
    page,
    apiUrl: '',
    runtimeRoot,
    env,
    watch,
    app,
    output: () => output.text(),
    ask,
    async kill() {
      watch.expect(/the page crashed/);
      app.process().kill('SIGKILL');
      await output.exit();
      closed = Promise.resolve(0);
    },
    close: () => (closed ??= closeApp(app, output)),
  };
  const status = await panel.ask('server.status', {});
  panel.apiUrl = (status.ok && status.data.listening) || '';
  return panel;
}
