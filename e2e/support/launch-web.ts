import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright/test';
import type { Envelope } from '../../contract/errors.ts';
import { type LaunchOptions, type Panel, waitUntilReady } from './panel.ts';
import { PageWatch } from './page-watch.ts';
import { ProcessOutput } from './process-output.ts';
import { productEnv, makeRuntimeRoot, plantFiles } from './runtime-root.ts';
import { projectRoot } from './project-scripts.ts';

export interface HeadlessServer {
  output: ProcessOutput;
  env: Record<string, string>;
  runtimeRoot: string;
  stop(): Promise<number | null>;
  kill(): Promise<number | null>;
}

/** Starts the headless server with its own runtime root; by default it also serves the panel. */
export function startHeadless(options: LaunchOptions = {}, args = ['--ui', '--port', '0']): HeadlessServer {
  const runtimeRoot = options.runtimeRoot ?? makeRuntimeRoot();
  plantFiles(runtimeRoot, options.files ?? {});
  const env = productEnv({ ...options.env, COMFYVN_RUNTIME_ROOT: runtimeRoot });
  const script = join(projectRoot, 'out', 'main', 'headless.js');
  const child = spawn(process.execPath, [script, ...args], { env, cwd: runtimeRoot });
  const output = new ProcessOutput(child);
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return output.exit();
  };
  return { output, env, runtimeRoot, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/** The URL that the server prints for a browser, including its token. */
export async function panelUrl({ output }: HeadlessServer): Promise<URL> {
  const [, address = ''] = await output.match(/the panel: (http:\S+)/);
  return new URL(address);
}

async function openPage(context: BrowserContext, url: URL, watch: PageWatch): Promise<Page> {
  const page = await context.newPage();
  await watch.attach(page);
  await page.goto(url.href);
  await waitUntilReady(page);
  return page;
}

/** Starts the headless server and opens the panel in its own browser context. */
export async function launchWeb(browser: Browser, options: LaunchOptions = {}): Promise<Panel> {
  const server = startHeadless(options);
  const url = await panelUrl(server);
  const token = new URLSearchParams(url.hash.slice(1)).get('token') ?? '';
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const watch = new PageWatch();
  const page = await openPage(context, url, watch).catch(async (error: Error) => {
    await context.close();
    await server.stop();
    throw new Error(`${error.message}\n${watch.problems.join('\n')}\n${server.output.text()}`);
  });

  const ask = async (name: string, input: unknown) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const body = JSON.stringify(input);
    const response = await fetch(`${url.origin}/rpc/${name}`, { method: 'POST', headers, body });
    return (await response.json()) as Envelope<never>;
  };
  let closed: Promise<number | null> | undefined;
  const { output, env, runtimeRoot } = server;
  return {
    page,
    apiUrl: url.origin,
    runtimeRoot,
    env,
    watch,
    app: null,
    output: () => output.text(),
    ask,
    async kill() {
      watch.expect(/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY/);
      await server.kill();
      await context.close();
      closed = Promise.resolve(0);
    },
    close: () => (closed ??= context.close().then(server.stop)),
  };
}
