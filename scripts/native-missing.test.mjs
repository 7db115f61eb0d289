import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { projectRoot } from './support/project.mjs';

// The tests mostly wait for processes.
vi.setConfig({ testTimeout: 60_000 });

// The built product without SQLite's driver, as after a copy from another system.
let folder;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'panel-no-driver-'));
  for (const part of ['prompt-packs', 'registry', join('out', 'main'), 'package.json'])
    cpSync(join(projectRoot, part), join(folder, 'app', part), { recursive: true });
  writeFileSync(join(folder, 'in.txt'), 'one\ntwo\n');
  mkdirSync(join(folder, 'user', 'config'), { recursive: true });
  const features = { enable_public_llm: true };
  writeFileSync(join(folder, 'user', 'config', 'comfyvn.json'), JSON.stringify({ features }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

function cli(args) {
  const command = [join(folder, 'app', 'out', 'main', 'cli.js'), '--root', join(folder, 'user'), ...args];
  const env = {
    PATH: process.env.PATH,
    COMFYVN_LLM_OPENAI_PUBLIC_API_KEY: 'a-key-that-is-never-sent',
    COMFYVN_LLM_OPENAI_PUBLIC_BASE_URL: 'http://127.0.0.1:9/v1',
  };
  return spawnSync(process.execPath, command, { encoding: 'utf8', cwd: folder, env });
}

const remedy = /SQLite's native module cannot be loaded: libsql is not installed: .*"npm ci"/;

test('without SQLite’s driver, commands that do not need it work', () => {
  const { status, stdout } = cli(['plan', '--provider', 'stub', 'hello']);
  expect([status, stdout]).toEqual([0, expect.stringContaining('sha256')]);
});

test('without SQLite’s driver a batch is refused before its first line, with what is missing and what to do', () => {
  const { status, stderr } = cli(['batch', '--provider', 'stub', 'in.txt', 'out.jsonl', '--yes']);
  expect(status).not.toBe(0);
  expect(stderr).toMatch(remedy);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test('without SQLite’s driver a paid call is refused with what is missing and what to do', () => {
  const flags = ['--live', '--provider', 'openai_public', '--model', 'gpt-5-mini', '--param', 'max_tokens=5'];
  const { status, stdout, stderr } = cli(['call', ...flags, 'hello']);
  expect([status, stdout]).toEqual([expect.any(Number), '']);
  expect(status).not.toBe(0);
  expect(stderr).toMatch(remedy);
  expect(stderr).toContain('paid calls are');
  expect(stderr).not.toMatch(/\n\s+at /);
});
