import { join } from 'node:path';
import { describe, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../__fixtures__/test-core.ts';
import { silentLog } from '../../lib/log/log.ts';
import { Redactor } from '../../lib/redact.ts';
import { CallKeys } from '../call-key.ts';
import { CallLog } from '../call-log.ts';
import { rowOf, type FinishedCall } from '../call-row.ts';
import { Database, type DatabaseParts } from '../../database/database.ts';
import { locationOf, type DatabaseLocation } from '../../database/database-location.ts';
import type { Entry } from '../memory-calls.ts';
import { usePostgres, withoutPostgres } from '../../database/__fixtures__/postgres.ts';

/** A new, empty location for a database. */
export type NewLocation = () => Promise<DatabaseLocation>;

const sqliteLocation: NewLocation = async () => locationOf({}, temporaryFolder(), new Redactor());

/** Runs the same tests on SQLite and on PostgreSQL. */
export function onBothDatabases(
  name: string,
  tests: (newLocation: NewLocation, kind: DatabaseLocation['kind']) => void,
): void {
  describe(`${name}, on SQLite`, () => {
    tests(sqliteLocation, 'sqlite');
  });
  describe.skipIf(withoutPostgres)(`${name}, on PostgreSQL`, () => {
    const server = usePostgres();
    tests(
      async () => locationOf({ COMFYVN_LLM_DATABASE_URL: await server().newDatabase() }, '', new Redactor()),
      'postgres',
    );
  });
}

export interface TestClock {
  now(): number;
  keys: CallKeys;
  advance(ms: number): void;
}

export function testClock(time = '2026-11-22T10:00:00Z'): TestClock {
  let now = Date.parse(time);
  return { now: () => now, keys: new CallKeys(), advance: (ms) => void (now += ms) };
}

/** A database that is closed at the end of the test. */
export function testDatabase(
  location: DatabaseLocation,
  clock: TestClock,
  more: Partial<DatabaseParts> = {},
): Database {
  const database = new Database({ location, log: silentLog, now: clock.now, ...more });
  onTestFinished(() => database.close());
  return database;
}

/** A SQLite file in the test's own folder. */
export function sqliteFile(folder = temporaryFolder()): DatabaseLocation & { kind: 'sqlite' } {
  const file = join(folder, 'data', 'llm.db');
  return { kind: 'sqlite', file, shown: file };
}

/** A call log over this database. */
export function testCallLog(database: Database, clock: TestClock): CallLog {
  const log = new CallLog({ database, log: silentLog, now: clock.now });
  onTestFinished(() => log.close());
  return log;
}

/** A finished call; by default it succeeded. */
export function call(
  clock: TestClock,
  overrides: Partial<FinishedCall> = {},
  bodies: Entry['bodies'] = null,
): Entry {
  const id = clock.keys.next(clock.now());
  const finished: FinishedCall = {
    id,
    at: clock.now(),
    requestId: 'request-1',
    kind: 'chat',
    door: 'http',
    machine: 'desk',
    module: 'translate',
    preset: null,
    provider: 'openai_public',
    model: 'gpt-4o-mini',
    mode: 'live',
    stream: false,
    status: 200,
    code: null,
    message: null,
    attempts: [],
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
    cost: { total: 0.001, currency: 'USD', source: 'price_table' },
    totalMs: 120,
    upstreamMs: 118,
    firstTokenMs: null,
    sha256: 'ab'.repeat(32),
    bytes: 321,
    input: '',
    ...overrides,
  };
  return { row: rowOf(finished, (text) => text), bodies: bodies && { ...bodies, id } };
}
