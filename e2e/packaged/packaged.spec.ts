import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from 'playwright/test';
import { Bench } from '../pages/bench.ts';
import type { PanelBridge } from '../../contract/bridge.ts';
import { callApi } from '../support/api.ts';
import {
  keyringArgs,
  makeKeyringHome,
  missingKeyringTools,
  removeKeyringHome,
  startSession,
} from '../support/keyring.ts';
import { filesUnder, launchPackaged, packagedApp, type Packaged } from './launch-packaged.ts';

const [off, on] = [48, 49];

test('the fuses are set: no Node, no inspector, no code from outside the archive', async () => {
  const states = await getCurrentFuseWire(packagedApp().executable);
  const fuses = {
    runAsNode: states[FuseV1Options.RunAsNode],
    cookies: states[FuseV1Options.EnableCookieEncryption],
    nodeOptions: states[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
    inspect: states[FuseV1Options.EnableNodeCliInspectArguments],
    integrity: states[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
    onlyAsar: states[FuseV1Options.OnlyLoadAppFromAsar],
    fileProtocol: states[FuseV1Options.GrantFileProtocolExtraPrivileges],
  };
  expect(fuses).toEqual({
    runAsNode: off,
    cookies: on,
    nodeOptions: off,
    inspect: off,
    integrity: on,
    onlyAsar: on,
    fileProtocol: off,
  });
});

test('our own part is small: one archive, one native file for one C library, and the licences beside it', () => {
  const { executable, resources } = packagedApp();
  const files = filesUnder(resources);
  const ours = files.filter((name) => name.startsWith('app.asar'));
  expect(ours.filter((name) => name.endsWith('.node'))).toHaveLength(1);
  expect(ours.filter((name) => /musl/.test(name))).toEqual([]);
  const bytes = ours.reduce((sum, name) => sum + statSync(join(resources, name)).size, 0);
  expect(bytes / 1024 / 1024).toBeLessThan(25);
  const licences = join(
    process.platform === 'darwin' ? join(resources, '..') : join(executable, '..'),
    'THIRD-PARTY-LICENSES.txt',
  );
  const text = readFileSync(licences, 'utf8');
  const named = new Set(text.split('\n').map((line) => line.replace(/@[^@]+$/, '')));
  for (const name of ['react', 'zod', 'hono', 'libsql', 'undici', '@fontsource-variable/inter'])
    expect(named.has(name), name).toBe(true);
});

test('Windows: the C++ runtime that the database needs is beside it', () => {
  test.skip(process.platform !== 'win32', 'only Windows lacks it');
  test.skip(!process.env.CI, 'without Visual Studio, an unpacked build does not include it');
  const files = filesUnder(packagedApp().resources);
  const database = files.find((name) => name.endsWith('.node')) ?? '';
  expect(files).toContain(database.replace(/[^/]+$/, 'vcruntime140.dll'));
  const licences = join(packagedApp().executable, '..', 'THIRD-PARTY-LICENSES.txt');
  expect(readFileSync(licences, 'utf8')).toContain('Microsoft Visual C++ Runtime');
});

test('macOS: the signature is valid after the fuses were set', () => {
  test.skip(process.platform !== 'darwin', 'only macOS has it');
  const bundle = join(packagedApp().resources, '..', '..');
  execFileSync('codesign', ['--verify', '--deep', '--strict', bundle], { stdio: 'pipe' });
});

test('with an empty home: the stub answers one key press, the first curl commands work, and only the app’s own folders are written', async () => {
  const app = await launchPackaged();
  const { page, apiUrl, home, watch } = app;
  try {
    // The first minute of a new user.
    const bench = new Bench(page);
    await expect(bench.message()).toBeFocused();
    const line = await bench.message().inputValue();
    await bench.run();
    await expect(bench.replyText).toHaveText(line);
    await expect(bench.inspector.root).toContainText('/chat/completions');

    // The three commands that a modder starts with.
    const registry = await callApi(apiUrl, 'GET', '/api/llm/registry');
    expect(registry.status).toBe(200);
    expect((registry.body['providers'] as unknown[]).length).toBe(8);
    const adapter = {
      id: 'lmstudio-dev',
      provider: 'lmstudio_local',
      label: 'LM Studio Dev',
      modes: ['chat'],
    };
    const registered = await callApi(apiUrl, 'POST', '/api/llm/runtime/register', adapter);
    expect(registered.body).toMatchObject({ ok: true, adapter: { adapter_id: 'lmstudio-dev' } });
    const ping = { registry_id: 'stub', messages: [{ role: 'user', content: 'Ping' }] };
    const answer = await callApi(apiUrl, 'POST', '/api/llm/test-call', ping);
    expect(answer.body).toMatchObject({ ok: true, reply: 'Ping', data: { reply: 'Ping' } });
    const packs = await callApi(apiUrl, 'GET', '/api/llm/prompt-pack');
    expect((packs.body['packs'] as unknown[]).length).toBe(8);

    // A game of three lines goes through the stub, into a file beside it.
    const game = join(home, 'games', 'mine');
    mkdirSync(game, { recursive: true });
    writeFileSync(join(game, 'story.txt'), 'First line.\nSecond line.\nThird line.\n');
    const made = await ask(app, 'translate.create', {
      game,
      target_language: 'Japanese',
      provider: 'stub',
      formats: ['text'],
    });
    expect(made).toMatchObject({ ok: true });
    const { project } = (made as { data: { project: { id: string; folder: string } } }).data;
    const id = { project: project.id };
    expect(await ask(app, 'translate.import', id)).toMatchObject({ ok: true, data: { units: 3, new: 3 } });
    const run = await ask(app, 'translate.run', { ...id, mock: true, wait: true });
    expect(run).toMatchObject({ ok: true, data: { run: { state: 'done' } } });
    const exported = await ask(app, 'translate.export', id);
    expect(exported).toMatchObject({ ok: true, data: { written_units: 3 } });
    const { folder } = (exported as { data: { folder: string } }).data;
    expect(readFileSync(join(folder, 'story.txt'), 'utf8')).toBe(
      '~First line.~\n~Second line.~\n~Third line.~\n',
    );
    expect(readFileSync(join(game, 'story.txt'), 'utf8')).toBe('First line.\nSecond line.\nThird line.\n');

    // The trial sets are packed, and a trial of the stub runs.
    const contestants = [{ provider: 'stub', model: 'stub' }];
    const trial = await ask(app, 'trials.start', { set: 'vn-chat', contestants, sample: 2, wait: true });
    expect(trial).toMatchObject({ ok: true, data: { trial: { state: 'done', finished: 2 } } });

    // The native database module works from inside the archive.
    const calls = await callApi(apiUrl, 'GET', '/api/llm/calls');
    expect((calls.body['calls'] as unknown[]).length).toBeGreaterThan(0);
    expect(watch.problems).toEqual([]);
  } finally {
    const code = await app.quit();
    expect(code, app.output()).toBe(0);
  }
  expect(app.output()).not.toContain('Debugger listening');

  const files = filesUnder(home);
  const own = files.filter((name) => /comfyvn-llm-panel\//.test(name) || name === 'games/mine/story.txt');
  expect(own.some((name) => name.endsWith('comfyvn-llm-panel/logs/server.log'))).toBe(true);
  expect(own.some((name) => name.endsWith('comfyvn-llm-panel/data/llm.db'))).toBe(true);
  const systems = systemFiles[process.platform as keyof typeof systemFiles];
  expect(files.filter((name) => !own.includes(name) && !systems.test(name))).toEqual([]);
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
});

/**
 * What each system's libraries store for every program. For macOS and Windows taken from their documentation,
 * not tested.
 */
const systemFiles = {
  linux:
    /^(\.cache\/(dconf|fontconfig|mesa[^/]*|nvidia|at-spi)|\.pki\/nssdb|\.local\/share\/pki|\.config\/(dconf|pulse|ibus))\//,
  darwin:
    /^Library\/(Caches\/(org\.comfyvn\.llm-panel|com\.apple\.[^/]*)|HTTPStorages|Keychains|Preferences|Saved Application State|Logs\/DiagnosticReports|WebKit)\//,
  win32: /^AppData\/(Local\/(D3DSCache|NVIDIA|AMD|Intel|Microsoft|Temp|CrashDumps)|LocalLow)\//,
};

/** Calls an operation over the window's own bridge. */
function ask({ page }: Packaged, operation: string, input: unknown): Promise<unknown> {
  return page.evaluate(
    ([name, value]) => {
      const { panel } = window as unknown as { panel: PanelBridge };
      return panel.request(name, value, 'packaged');
    },
    [operation, input] as const,
  );
}

test('a key is saved in the keyring, and is available after a restart', async () => {
  test.skip(process.platform !== 'linux', 'only Linux has a keyring that a test can bring along');
  const missing = missingKeyringTools();
  test.skip(missing.length > 0 && !process.env.CI, `not installed: ${missing.join(', ')}`);
  const keyring = makeKeyringHome();
  const session = await startSession(keyring, 'a login password');
  const options = { env: session.env, args: keyringArgs };
  const key = 'sk-packaged+Zq81/kTw5vLx0';
  const first = await launchPackaged(options);
  const { home } = first;
  try {
    const saved = await ask(first, 'keys.set', { provider: 'openai_public', key });
    expect(saved).toMatchObject({ ok: true, data: { store: { lasting: true } } });
  } finally {
    expect(await first.quit(), first.output()).toBe(0);
  }
  for (const name of filesUnder(home))
    expect(readFileSync(join(home, name)).toString('latin1').includes(key), name).toBe(false);
  const second = await launchPackaged({ ...options, home });
  try {
    const { body } = await callApi(second.apiUrl, 'GET', '/api/llm/registry');
    const openai = (body['providers'] as { name: string; credentials: unknown }[]).find(
      ({ name }) => name === 'openai_public',
    );
    expect(openai?.credentials).toMatchObject({ present: true, source: 'store' });
  } finally {
    expect(await second.quit(), second.output()).toBe(0);
    await session.stop();
    removeKeyringHome(keyring);
  }
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
});
