import { chmodSync, chownSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { OperationName } from '../contract/operations/table.ts';
import { startServer } from './__fixtures__/server-process.ts';
import { temporaryFolder } from './core/__fixtures__/test-core.ts';

const env = { COMFYVN_LLM_KEY_PASSPHRASE: 'correct horse battery' };
const preset = { id: 'mine', provider: 'stub', model: 'stub', options: {} };
const changes: [OperationName, object][] = [
  ['settings.update', { theme: 'light' }],
  ['features.set', { flag: 'mine', enabled: true }],
  ['presets.create', { module: 'translate', preset }],
  ['providers.save', { provider: { name: 'box', adapter: 'openai_compat', base: 'http://127.0.0.1:9/v1' } }],
  ['keys.set', { provider: 'anthropic_public', key: 'sk-planted-0123456789abcdef' }],
  ['packs.duplicate', { module: 'translate' }],
  ['presets.remove', { module: 'translate', id: 'mine' }],
];
/** Each of them writes: none asks for what is there already. */
const otherChanges: [OperationName, object][] = [
  ['settings.update', { theme: 'dark' }],
  ['features.set', { flag: 'mine', enabled: false }],
  ['presets.create', { module: 'translate', preset: { ...preset, id: 'second' } }],
  ['presets.remove', { module: 'translate', id: 'mine' }],
  ['providers.remove', { name: 'box' }],
  ['keys.set', { provider: 'anthropic_public', key: 'sk-planted-fedcba9876543210' }],
  ['packs.duplicate', { module: 'narrator' }],
];
const isRoot = process.getuid?.() === 0;
const nobody = 65534;
const uid = isRoot ? { uid: nobody } : {};

function ownFolder(): string {
  const root = temporaryFolder();
  if (isRoot) chownSync(root, nobody, nobody);
  return root;
}

const entries = (root: string) =>
  (readdirSync(root, { recursive: true }) as string[]).map((name) => join(root, name));

describe.skipIf(process.platform === 'win32')('the data folder of a running server', () => {
  test('is readable only by its owner: database, keys, presets, logs', async () => {
    const root = ownFolder();
    const server = await startServer({ root, env, ...uid });
    for (const [name, input] of changes) await server.tell(name, input);
    await server.ask('chat.send', {
      provider: 'stub',
      model: 'stub',
      messages: [{ role: 'user', content: 'Hello.' }],
    });
    await server.ask('calls.list', { limit: 1 });
    const open = entries(root).filter((path) => (statSync(path).mode & 0o077) !== 0);
    expect(open).toEqual([]);
    expect(entries(root).some((path) => path.endsWith('llm.db'))).toBe(true);
    await server.stop();
  });

  test('refuses each change by the file’s name where it is not writable, serves what is there, and stays unchanged', async () => {
    const root = ownFolder();
    const first = await startServer({ root, env, ...uid });
    for (const [name, input] of changes.slice(0, 5))
      expect([name, (await first.tell(name, input)).ok]).toEqual([name, true]);
    await first.stop();
    const modes = new Map([root, ...entries(root)].map((path) => [path, statSync(path).mode & 0o777]));
    onTestFinished(() => modes.forEach((mode, path) => chmodSync(path, mode)));
    const texts = () =>
      entries(join(root, 'config')).flatMap((path) =>
        statSync(path).isFile() ? [[path, readFileSync(path, 'utf8')]] : [],
      );
    const before = texts();
    for (const [path, mode] of modes) chmodSync(path, mode & 0o500);

    const server = await startServer({ root, env, ...uid });
    for (const [name, input] of otherChanges) {
      const answer = await server.tell(name, input);
      expect([name, answer]).toMatchObject([
        name,
        { ok: false, error: { message: expect.stringContaining(root) as string } },
      ]);
      expect(answer.ok || answer.error.code).not.toBe('internal_error');
    }
    const { presets } = await server.ask('presets.list', { module: 'translate' });
    expect(presets.map(({ id }) => id)).toContain('mine');
    await server.stop();
    expect(texts()).toEqual(before);
  });
});
