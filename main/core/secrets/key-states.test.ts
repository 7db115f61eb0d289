import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { onBothDatabases, sqliteFile, testClock, testDatabase } from '../calls/__fixtures__/test-calls.ts';
import type { KeyStateRow } from '../database/tables.ts';
import { silentLog } from '../lib/log/log.ts';
import { temporaryFolder } from '../__fixtures__/test-core.ts';
import { keyFingerprint } from './key-fingerprint.ts';
import { KeyStates } from './key-states.ts';

const row = (overrides: Partial<KeyStateRow> = {}): KeyStateRow => ({
  id: 'fingerprint',
  provider: 'openai_public',
  state: 'cooling',
  until: Date.parse('2026-11-22T10:30:00Z'),
  shown: '••••aaa1 (OPENAI_API_KEY)',
  reason: 'Rate limit reached',
  at: Date.parse('2026-11-22T10:00:00Z'),
  ...overrides,
});
const ids = ['fingerprint'];

onBothDatabases('states of keys', (newLocation) => {
  /** Two processes that share one database. */
  async function two() {
    const clock = testClock();
    const location = await newLocation();
    const states = () =>
      new KeyStates({ database: testDatabase(location, clock), log: silentLog, now: clock.now });
    return { clock, one: states(), other: states() };
  }

  it('a state that one process records is seen by another, and either can free the key', async () => {
    const { one, other } = await two();
    await one.put(row());
    expect((await other.of(ids)).get('fingerprint')).toEqual(row());
    await other.clear('fingerprint');
    expect((await one.of(ids)).size).toBe(0);
  });

  it('the later end of a cool-down counts, whoever writes last', async () => {
    const { clock, one, other } = await two();
    const until = (ms: number) => row({ until: clock.now() + ms });
    await one.put(until(9_000));
    await other.put(until(5_000));
    expect((await other.of(ids)).get('fingerprint')).toEqual(until(9_000));
    await other.put(until(12_000));
    expect((await one.of(ids)).get('fingerprint')).toEqual(until(12_000));
  });

  it('a refused key is not freed by a cool-down', async () => {
    const { one, other } = await two();
    await one.put(row({ state: 'set_aside', until: null }));
    await other.put(row());
    expect((await other.of(ids)).get('fingerprint')).toMatchObject({ state: 'set_aside' });
    expect(other.setAside).toHaveLength(1);
  });

  it('a cool-down that ended a day ago is removed', async () => {
    const { clock, one, other } = await two();
    await one.put(row({ until: clock.now() }));
    clock.advance(25 * 60 * 60_000);
    await one.put(row({ id: 'next', until: clock.now() + 1_000 }));
    expect([...(await other.of(['fingerprint', 'next'])).keys()]).toEqual(['next']);
  });
});

it('without a database memory has the states, and the database gets them when it can', async () => {
  const clock = testClock();
  const folder = temporaryFolder();
  // A file where the database's folder has to be.
  writeFileSync(join(folder, 'data'), '');
  const location = sqliteFile(folder);
  const states = new KeyStates({ database: testDatabase(location, clock), log: silentLog, now: clock.now });
  await states.put(row());
  await states.put(row({ id: 'other' }));
  await states.clear('other');
  expect([...(await states.of([...ids, 'other'])).keys()]).toEqual(ids);
  rmSync(join(folder, 'data'));
  clock.advance(6_000);
  await states.of(ids);
  const later = new KeyStates({ database: testDatabase(location, clock), log: silentLog, now: clock.now });
  expect([...(await later.of([...ids, 'other'])).values()]).toEqual([row()]);
});

it('a fingerprint is the same each time, differs by key, and has nothing of the key in it', async () => {
  const first = await keyFingerprint('sk-one-0123456789');
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(await keyFingerprint('sk-one-0123456789')).toBe(first);
  expect(await keyFingerprint('sk-two-0123456789')).not.toBe(first);
});
