import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright/test';
import { PageWatch } from '../support/page-watch.ts';
import { ProcessOutput } from '../support/process-output.ts';
import { productEnv } from '../support/runtime-root.ts';
import { projectRoot, sandboxArguments } from '../support/project-scripts.ts';

/** The output of `npm run package -- --dir` on this system. */
export function packagedApp(): { executable: string; resources: string } {
  const dist = join(projectRoot, 'dist');
  const places = {
    linux: ['linux-unpacked/comfyvn-llm-panel', 'linux-unpacked/resources'],
    win32: ['win-unpacked/ComfyVN LLM Panel.exe', 'win-unpacked/resources'],
    darwin: [
      `mac${process.arch === 'arm64' ? '-arm64' : ''}/ComfyVN LLM Panel.app/Contents/MacOS/ComfyVN LLM Panel`,
      `mac${process.arch === 'arm64' ? '-arm64' : ''}/ComfyVN LLM Panel.app/Contents/Resources`,
    ],
  } as const;
  const [executable, resources] = places[process.platform as keyof typeof places];
  if (!existsSync(join(dist, executable)))
    throw new Error('There is no packaged app: npm run package -- --dir');
  return { executable: join(dist, executable), resources: join(dist, resources) };
}

export interface Packaged {
  page: Page;
  apiUrl: string;
  /** Its home folder, empty at the start unless given. */
  home: string;
  watch: PageWatch;
  output(): string;
  /** Closes the window as a user would, since Windows has no signals. Returns the exit code. */
  quit(): Promise<number | null>;
}

export interface PackagedOptions {
  /** The home of an earlier launch; by default an empty one. */
  home?: string;
  env?: Record<string, string>;
  args?: readonly string[];
}

/**
 * Windows and macOS take a user's folders from the account, not from the environment, so the app gets its
 * data folder explicitly.
 */
function dataFolder(home: string): Record<string, string> {
  const folders: Partial<Record<NodeJS.Platform, string[]>> = {
    win32: ['AppData', 'Roaming'],
    darwin: ['Library', 'Application Support'],
  };
  const folder = folders[process.platform];
  return folder ? { COMFYVN_RUNTIME_ROOT: join(home, ...folder, 'comfyvn-llm-panel') } : {};
}

/** Starts the packaged app in an empty home and drives it from outside, because its fuses disable the inspector. */
export async function launchPackaged(options: PackagedOptions = {}): Promise<Packaged> {
  const { executable } = packagedApp();
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'panel-home-'));
  const temp = join(home, 'tmp');
  mkdirSync(temp, { recursive: true });
  const env = productEnv({
    HOME: home,
    USERPROFILE: home,
    APPDATA: join(home, 'AppData', 'Roaming'),
    LOCALAPPDATA: join(home, 'AppData', 'Local'),
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    TMPDIR: temp,
    TEMP: temp,
    TMP: temp,
    ...dataFolder(home),
    COMFYVN_LLM_PORT: '0',
    // With the right fuses these two have no effect.
    ELECTRON_RUN_AS_NODE: '1',
    NODE_OPTIONS: '--inspect=0',
    ...options.env,
  });
  const args = [
    ...(options.args ?? []),
    ...(await sandboxArguments(executable)),
    '--remote-debugging-port=0',
    '--inspect=0',
  ];
  const child = spawn(executable, args, { env, cwd: home });
  const output = new ProcessOutput(child);
  const [, endpoint = ''] = await output.match(/DevTools listening on (ws:\S+)/);
  const [, apiUrl = ''] = await output.match(/listening on (http:\S+)/);
  const browser = await chromium.connectOverCDP(endpoint);
  const [context] = browser.contexts();
  if (!context) throw new Error('the app has no window');
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  const watch = new PageWatch();
  await watch.attach(page);
  await page.reload();
  await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' });
  return {
    page,
    apiUrl,
    home,
    watch,
    output: () => output.text(),
    async quit() {
      await page.close();
      await browser.close();
      return output.exit();
    },
  };
}

/** Every file under a folder, by relative path. */
export function filesUnder(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}
