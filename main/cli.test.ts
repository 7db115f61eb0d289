import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from './core/__fixtures__/test-core.ts';
import { send } from './http/__fixtures__/test-server.ts';

const script = resolve(import.meta.dirname, '..', 'out', 'main', 'cli.js');
const { PATH = '' } = process.env;

beforeAll(() => {
  if (!existsSync(script)) throw new Error(`${script} is not there: run npm run build first (npm test does)`);
});

const run = (args: string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [script, ...args], { cwd: tmpdir(), env: { PATH, ...env }, encoding: 'utf8' });

test('--root and --registry before the command override their variables', () => {
  const root = temporaryFolder();
  const named = run(['--root', root, '--registry=/nowhere/registry.json', 'check', '--json']);
  const { faults } = JSON.parse(named.stdout) as { faults: { file: string; reason: string }[] };
  expect([named.status, faults]).toEqual([
    3,
    [
      expect.objectContaining({
        file: '/nowhere/registry.json',
        reason: expect.stringContaining('no such file'),
      }),
    ],
  ]);
});

// Windows has no `sh`, and its pipes tell a writer nothing of a reader that left.
test.skipIf(process.platform === 'win32')('a reader that closes the pipe early is no failure', () => {
  const root = temporaryFolder();
  const { status, stdout, stderr } = spawnSync(
    'sh',
    ['-c', `"${process.execPath}" "${script}" --root "${root}" models --json | head -1`],
    { env: { PATH }, encoding: 'utf8' },
  );
  expect([status, stdout, stderr]).toEqual([0, '[\n', '']);
});

test('serve starts the server, with its flags, folder and stop', async () => {
  const root = temporaryFolder();
  const child = spawn(process.execPath, [script, '--root', root, 'serve', '--port', '0'], { env: { PATH } });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  let text = '';
  let port: number | undefined;
  while (port === undefined) {
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    text += chunk.toString();
    const found = /^listening on http:\/\/127\.0\.0\.1:(\d+)$/m.exec(text)?.[1];
    if (found) port = Number(found);
  }
  expect((await send(port, { path: '/health' })).json()).toMatchObject({
    ok: true,
    service: 'comfyvn-llm-panel',
  });
  child.kill('SIGTERM');
  // Windows has no signals between processes: there `kill` ends it without a word.
  if (process.platform !== 'win32') expect(await ended).toBe(0);
  expect(existsSync(resolve(root, 'logs', 'server.log'))).toBe(true);
});
