import { expect, it } from 'vitest';
import { sqliteFile, testClock, testDatabase } from '../calls/__fixtures__/test-calls.ts';
import { silentLog } from '../lib/log/log.ts';
import { Redactor } from '../lib/redact.ts';
import { KeyPool } from './key-pool.ts';
import { KeyStates } from './key-states.ts';

const keys = ['OPENAI_API_KEY', 'OPENAI_API_KEY_2'].map((name, at) => ({
  key: `sk-pool-test-Zq81kT-000${at}`,
  id: name,
  source: name,
  variable: `$${name}`,
}));
const [first] = keys;

/** Servers with one database, each started after the previous one. */
function servers() {
  const clock = testClock();
  const location = sqliteFile();
  return () => {
    const changes: string[] = [];
    const states = new KeyStates({ database: testDatabase(location, clock), log: silentLog, now: clock.now });
    const onChange = (what: string) => void changes.push(what);
    const pool = new KeyPool({ states, redactor: new Redactor(), log: silentLog, now: clock.now, onChange });
    return { pool, changes };
  };
}

it('a key that was refused before a restart is reported after it, and no other is', async () => {
  const start = servers();
  const before = start();
  await before.pool.setAside('openai_public', first!, 'Incorrect API key provided');
  const after = start();
  expect(after.pool.warnings()).toEqual([]);
  await after.pool.look([keys, []]);
  expect(after.pool.warnings().map(({ message }) => message)).toEqual([
    expect.stringContaining('openai_public: the key ••••0000 (OPENAI_API_KEY)'),
  ]);
  expect(after.changes).toEqual(['refused']);
  // Its key is no longer configured, so no warning is needed.
  const other = start();
  await other.pool.look([keys.slice(1)]);
  expect(other.pool.warnings()).toEqual([]);
});

it('a single key is not looked up', async () => {
  const { pool, changes } = servers()();
  await pool.look([[first!], []]);
  expect(changes).toEqual([]);
});
