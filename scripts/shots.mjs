import './support/check-node.mjs';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeElectron } from './electron-runtime.mjs';
import { setup } from './setup.mjs';
import { againOnVirtualDisplay, hasDisplay, sandboxArguments } from './support/display.mjs';
import { requireFonts } from './support/fonts.mjs';
import { projectRoot } from './support/project.mjs';
import { scenes } from './support/shot-scenes.mjs';

const OUT = join(projectRoot, 'shots');
const SIZES = [
  [1280, 800],
  [960, 600],
  [1920, 1080],
];
const THEMES = ['light', 'dark'];
/** The languages besides English; pictured only in the first size, in light. */
const LANGUAGES = ['ja', 'zh-CN'];

/** A provider on loopback that refuses every call, for pictures of failures. */
async function refusingProvider() {
  const error = {
    message: 'Incorrect API key provided: none.',
    type: 'invalid_request_error',
    code: 'invalid_api_key',
  };
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { ...error, param: null } }));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { baseUrl: `http://127.0.0.1:${server.address().port}/v1`, close: () => server.close() };
}

/**
 * The environment without variables that change the product, and without keys, whose last characters would be
 * shown.
 */
function cleanEnvironment() {
  const left = /^(COMFYVN_|ELECTRON_RUN_AS_NODE$|NODE_OPTIONS$)|_API_KEY(_\d)?$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !left.test(name)));
}

async function openApp(executable, env) {
  const { _electron } = await import(
    pathToFileURL(join(projectRoot, 'node_modules', 'playwright', 'test.mjs')).href
  );
  const args = [...sandboxArguments(executable).args, projectRoot];
  const app = await _electron.launch({ executablePath: executable, args, env, colorScheme: null });
  const page = await app.firstWindow();
  await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' });
  return { app, page };
}

async function resize({ app, page }, [width, height]) {
  await app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0].setContentSize(...size),
    [width, height],
  );
  await page.waitForFunction((size) => innerWidth === size[0] && innerHeight === size[1], [width, height]);
}

async function setTheme({ page }, theme) {
  await page.evaluate((value) => window.panel.request('settings.update', { theme: value }, 'shots'), theme);
  await page.locator(`html[data-theme="${theme}"]`).waitFor({ state: 'attached' });
}

async function setLanguage({ page }, language) {
  await page.evaluate(
    (value) => window.panel.request('settings.update', { language: value }, 'shots'),
    language,
  );
  await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' });
}

async function shoot(opened, { name, prepare, sizes = SIZES }) {
  await resize(opened, sizes[0]);
  await prepare(opened.page);
  for (const size of sizes) {
    await resize(opened, size);
    for (const theme of THEMES) {
      await setTheme(opened, theme);
      const path = join(OUT, `${name}-${theme}-${size.join('x')}.png`);
      await opened.page.screenshot({ path, animations: 'disabled' });
      console.log(path);
    }
  }
  await resize(opened, sizes[0]);
  await setTheme(opened, 'light');
  for (const language of LANGUAGES) {
    await setLanguage(opened, language);
    const path = join(OUT, `${name}-${language}-${sizes[0].join('x')}.png`);
    await opened.page.screenshot({ path, animations: 'disabled' });
    console.log(path);
  }
  // The scenes find controls by their English names.
  await setLanguage(opened, 'en');
}

async function takeAll(electron) {
  const root = mkdtempSync(join(tmpdir(), 'panel-shots-'));
  const provider = await refusingProvider();
  const env = {
    ...cleanEnvironment(),
    COMFYVN_RUNTIME_ROOT: root,
    COMFYVN_LLM_PORT: '0',
    COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: provider.baseUrl,
  };
  const opened = await openApp(electron.executable, env);
  try {
    for (const scene of await scenes(opened.page)) await shoot(opened, scene);
  } finally {
    await opened.app.close();
    provider.close();
    rmSync(root, { recursive: true, force: true });
  }
}

async function main() {
  const needs = { electron: true, display: !hasDisplay(), pictures: true, build: true };
  const { electron, electronError } = await setup(needs);
  if (!electron) throw new Error(electronError);
  requireFonts();
  const code = await againOnVirtualDisplay();
  if (code !== null) return code;
  console.log(describeElectron(electron));
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  await takeAll(electron);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
