import { randomUUID } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { OperationName, OperationOutput } from '../contract/operations/table.ts';
import { appRoot, temporaryFolder, testContext } from './core/__fixtures__/test-core.ts';
import { createCore } from './core/app/services.ts';
import { FolderLock } from './core/lib/files/folder-lock.ts';
import { passphraseSecrets } from './host-node/secret-store.ts';
import { nodeSettings } from './host-node/settings-store.ts';

const fixture = join(import.meta.dirname, 'core', '__fixtures__', 'data-0.1.0');
const passphrase = { COMFYVN_LLM_KEY_PASSPHRASE: 'fixture passphrase' };

/** A copy of the folder that 0.1.0 left behind, changed by `change` before this version opens it as its servers do. */
function opened(change: (root: string) => void = () => {}) {
  const root = join(temporaryFolder(), 'root');
  cpSync(fixture, root, { recursive: true });
  rmSync(join(root, 'README.md'));
  change(root);
  const lock = new FolderLock(root);
  const env = { ...passphrase };
  const core = createCore({
    host: 'headless',
    version: '0.2.0',
    env,
    now: () => Date.parse('2026-11-29T20:00:00Z'),
    paths: { appRoot, runtimeRoot: root },
    secrets: passphraseSecrets(root, env, lock),
    settings: nodeSettings(root, lock),
    lock,
    fallbackRuntime: null,
  });
  onTestFinished(() => core.close());
  async function ask<N extends OperationName>(name: N, input: unknown = {}): Promise<OperationOutput<N>> {
    const context = testContext({ requestId: randomUUID() });
    const envelope = await core.dispatcher.dispatch(name, input, context);
    if (!envelope.ok) throw new Error(`${envelope.error.code}: ${envelope.error.message}`);
    return envelope.data;
  }
  return { root, ask };
}

const bytesOf = (root: string, ...path: string[]) => readFileSync(join(root, ...path), 'utf8');

describe('a data folder of 0.1.0', () => {
  test('opens with every preset: the user’s own, edited built-in ones, and the active one', async () => {
    const { ask } = opened();
    const translate = await ask('presets.list', { module: 'translate' });
    expect([translate.chosen, translate.warnings]).toEqual(['my-translate', []]);
    expect(translate.presets.find(({ id }) => id === 'my-translate')).toMatchObject({
      shipped: null,
      current: {
        provider: 'openai_public',
        model: 'gpt-4.1-mini',
        options: { temperature: 0.3, max_tokens: 500 },
        notes: 'For the demo chapter',
      },
    });
    const narrator = await ask('presets.list', { module: 'narrator' });
    expect(narrator.presets.find(({ id }) => id === 'narrator-02-openai-gpt-4o')).toMatchObject({
      dirty: true,
      current: { options: { temperature: 0.5, presence_penalty: 0.2 } },
    });
    const chat = await ask('presets.list', { module: 'vn_chat' });
    expect(chat.presets.find(({ id }) => id === 'my-chat')?.current.notes).toBe('日本語のメモ');
  });

  test('opens with its provider and that provider’s saved key', async () => {
    const { ask } = opened();
    const { providers } = await ask('registry.get');
    expect(providers.find(({ name }) => name === 'my_relay')).toMatchObject({
      label: 'My relay',
      origin: 'user',
      models: [{ id: 'relay-large' }],
    });
    const { keys } = await ask('keys.list');
    expect(keys.find(({ provider }) => provider === 'my_relay')).toMatchObject({
      credentials: { present: true, source: 'store', state: 'ready', origin: 'https://relay.example' },
    });
    // The passphrase opens it: a plan shows where it goes.
    const plan = await ask('chat.send', {
      provider: 'my_relay',
      model: 'relay-large',
      messages: [{ role: 'user', content: 'Hello' }],
      dry_run: true,
    });
    expect('plan' in plan && JSON.stringify(plan.plan.headers)).toContain('••••');
  });

  test('opens with its calls, their messages, and the amounts spent', async () => {
    const { ask } = opened();
    const { calls } = await ask('calls.list', { limit: 100 });
    expect(calls).toHaveLength(6);
    const budget = await ask('budget.get');
    expect(budget).toMatchObject({ daily: 1.5, call: 0.1 });
    expect(budget.spent_today).toBeCloseTo(0.00124, 9);
  });

  test('opens with its settings, budgets and the draft on the Bench', async () => {
    const { ask } = opened();
    const settings = await ask('settings.get');
    expect(settings).toMatchObject({
      daily_budget_usd: 1.5,
      call_budget_usd: 0.1,
      record_bodies: true,
      keep_calls_days: 90,
      drafts: { bench: { text: 'An unfinished line' } },
    });
  });

  test('opens with its prompt pack and the earlier version, and leaves unknown files alone', async () => {
    const { ask, root } = opened();
    const { mine } = await ask('packs.library');
    expect(mine.map(({ module }) => module)).toEqual(['translate']);
    const edited = await ask('packs.source', { module: 'translate' });
    expect(edited.versions).toHaveLength(1);
    const features = JSON.parse(bytesOf(root, 'config', 'comfyvn.json')) as unknown;
    expect(features).toEqual(JSON.parse(bytesOf(fixture, 'config', 'comfyvn.json')));
    for (const module of ['translate', 'narrator', 'vn_chat'])
      expect(bytesOf(root, 'config', 'llm', 'presets', `${module}.json`)).toBe(
        bytesOf(fixture, 'config', 'llm', 'presets', `${module}.json`),
      );
  });
});

describe('a data folder written by a newer version', () => {
  test('has its database refused with the reason, and left unchanged', async () => {
    const { ask, root } = opened((folder) => {
      const database = new Libsql(join(folder, 'data', 'llm.db'));
      database
        .prepare('insert into kysely_migration (name, timestamp) values (?, ?)')
        .run('9999-of-a-newer-version', '2030-01-01T00:00:00.000Z');
      database.close();
      const flags = { features: { enable_llm_my_relay: true } };
      writeFileSync(join(folder, 'config', 'comfyvn.json'), JSON.stringify(flags));
    });
    // A call in the meantime is kept in memory.
    await ask('chat.send', { provider: 'stub', messages: [{ role: 'user', content: 'Ping' }] });
    await ask('calls.list', { limit: 10 });
    const { warnings } = await ask('server.status');
    expect(warnings.join(' ')).toMatch(/written by a newer version of the panel/);
    // Without a ledger nothing is paid.
    const paid = {
      provider: 'my_relay',
      model: 'relay-large',
      messages: [{ role: 'user', content: 'Hi' }],
      max_tokens: 50,
    };
    await expect(ask('chat.send', paid)).rejects.toThrow(/ledger_unavailable/);
    const database = new Libsql(join(root, 'data', 'llm.db'), { readonly: true });
    const { count } = database.prepare('select count(*) as count from calls').get() as { count: number };
    database.close();
    expect(count).toBe(6);
  });

  test('has its presets set aside with the reason, byte for byte', async () => {
    const text = JSON.stringify({ version: 99, presets: [], of: 'the future' });
    const folder = ['config', 'llm', 'presets'];
    const { ask, root } = opened((at) => writeFileSync(join(at, ...folder, 'translate.json'), text));
    const preset = { provider: 'stub', model: 'stub', options: {}, notes: '' };
    const { warnings } = await ask('presets.create', { module: 'translate', preset });
    expect(warnings.join(' ')).toMatch(/newer version of the panel \(99; this one reads 1\)/);
    const stored = readdirSync(join(root, ...folder)).filter((name) => name.includes('.broken-'));
    expect(stored.map((name) => bytesOf(root, ...folder, name))).toEqual([text]);
  });

  test('has its keys refused with the reason, and the file left unchanged', async () => {
    const text = JSON.stringify({ version: 99, keys: {} });
    const { ask, root } = opened((folder) =>
      writeFileSync(join(folder, 'data', 'keys.passphrase.json'), text),
    );
    await expect(
      ask('keys.set', { provider: 'openai_public', key: 'sk-0123456789abcdefgh' }),
    ).rejects.toThrow(/newer panel/);
    expect(bytesOf(root, 'data', 'keys.passphrase.json')).toBe(text);
  });
});
