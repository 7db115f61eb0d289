import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { testCore } from '../__fixtures__/test-core.ts';
import { FileWatcher } from '../registry/watch-files.ts';
import { edited } from './__fixtures__/edited.ts';

const samples = { x: { title: 'X', variables: { line: 'a' } } };

test('a pack with a subfolder is removed and restored while its folders are watched', async () => {
  const made = testCore();
  await made.ask('packs.save', { content: edited({ samples }) });
  const folder = join(made.root, 'config/llm/packs/translate');
  made.core.settle();
  // Watching has started once an outside change is noticed.
  made.write('config/llm/presets/poetry.json', { version: 1, active: null, presets: [], edits: {} });
  await vi.waitFor(async () => expect((await made.ask('registry.get')).warnings.join()).toContain('poetry'), {
    timeout: 10_000,
  });
  const { change } = await made.ask('packs.remove', { module: 'translate' });
  expect(existsSync(folder)).toBe(false);
  await made.ask('packs.undo', { change: change?.id });
  expect(readdirSync(join(folder, 'samples'))).toEqual(['x.json']);
  // Later changes are noticed again.
  made.write('config/llm/presets/prose.json', { version: 1, active: null, presets: [], edits: {} });
  await vi.waitFor(async () => expect((await made.ask('registry.get')).warnings.join()).toContain('prose'), {
    timeout: 10_000,
  });
});

test('watching pauses while a folder is moved, and resumes afterwards', async () => {
  const { root, write } = testCore();
  let changes = 0;
  const watcher = new FileWatcher({
    runtimeRoot: root,
    registryFile: undefined,
    changed: () => void changes++,
    mayRecover: () => false,
  });
  watcher.start();
  await vi.waitFor(() => expect(changes).toBe(1), { timeout: 10_000 });
  await watcher.paused(() => watcher.paused(async () => {}));
  await vi.waitFor(() => expect(changes).toBe(2), { timeout: 10_000 });
  write('config/comfyvn.json', {});
  await vi.waitFor(() => expect(changes).toBe(3), { timeout: 10_000 });
  await watcher.close();
});

test('reading is retried while a file may recover', async () => {
  const { root } = testCore();
  let left = 2;
  const watcher = new FileWatcher({
    runtimeRoot: root,
    registryFile: undefined,
    changed: () => void left--,
    mayRecover: () => left > 0,
  });
  watcher.start();
  await vi.waitFor(() => expect(left).toBe(0), { timeout: 10_000 });
  await watcher.close();
});
