import { expect, test } from 'vitest';
import { testClock, testDatabase } from '../calls/__fixtures__/test-calls.ts';
import { Redactor } from '../lib/redact.ts';
import { locationOf } from './database-location.ts';
import { requireTls } from './postgres-tls.ts';

test('a PostgreSQL on this machine needs no TLS, whatever its name', () => {
  for (const url of [
    'postgres://u:p@localhost/llm',
    'postgres://u:p@127.0.0.1:5433/llm',
    'postgres://u:p@127.8.0.1/llm',
    'postgres://u:p@[::1]/llm',
    'postgres://u:p@/llm?host=/var/run/postgresql',
    'postgres:///llm',
  ])
    expect(() => requireTls(url), url).not.toThrow();
});

test('a PostgreSQL elsewhere is refused unless its connection is encrypted', () => {
  for (const url of [
    'postgres://u:p@db.studio/llm',
    'postgres://u:p@10.0.0.4/llm',
    'postgres://u:p@db.studio/llm?sslmode=disable',
    'postgres://u:p@db.studio/llm?ssl=0',
    'postgres://u:p@127.0.0.1/llm?host=db.studio',
    'postgres://u:p@127.0.0.1.studio/llm',
    'postgres://u:p@[::ffff:10.0.0.4]/llm',
  ])
    expect(() => requireTls(url), url).toThrow('is not encrypted');
  for (const mode of ['verify-full', 'no-verify'])
    expect(() => requireTls(`postgres://u:p@db.studio/llm?sslmode=${mode}`)).not.toThrow();
});

test('the refusal names the remedy and no password, and nothing is sent', async () => {
  const url = 'postgres://user:hunter2secret@db.invalid/llm';
  const location = locationOf({ COMFYVN_LLM_DATABASE_URL: url }, '', new Redactor());
  const database = testDatabase(location, testClock());
  await expect(database.use('read', async () => 1)).rejects.toThrow('?sslmode=verify-full');
  expect(database.warnings[0]?.message).not.toContain('hunter2');
});
