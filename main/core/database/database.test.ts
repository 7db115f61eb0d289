import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type LibSql from 'libsql';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { callQuery } from '../../../contract/call-log.ts';
import { temporaryFolder } from '../__fixtures__/test-core.ts';
import { quarantineName } from '../lib/files/replace-file.ts';
import { openLog } from '../lib/log/log.ts';
import { Redactor } from '../lib/redact.ts';
import { plantedPassword, usePostgres, withoutPostgres } from './__fixtures__/postgres.ts';
import {
  call,
  onBothDatabases,
  sqliteFile,
  testCallLog,
  testClock,
  testDatabase,
  type TestClock,
} from '../calls/__fixtures__/test-calls.ts';
import { ProjectStore } from '../translation/store/project-store.ts';
import { TranslationDatabase } from '../translation/store/translation-database.ts';
import type { Database } from './database.ts';
import { locationOf, type DatabaseLocation } from './database-location.ts';

const Sqlite = createRequire(import.meta.url)('libsql') as typeof LibSql;
const query = callQuery.parse({});
/** Longer than the pause after a database failure. */
const rest = 5001;

function openFile(file: string) {
  mkdirSync(dirname(file), { recursive: true });
  const db = new Sqlite(file);
  onTestFinished(() => void db.close());
  return db;
}

/** A log for a test, and its messages about the database. */
function testLog() {
  const root = temporaryFolder();
  const { log, close } = openLog(root, 'info', new Redactor());
  onTestFinished(close);
  const lines = async () => {
    await close();
    return readFileSync(join(root, 'logs', 'server.log'), 'utf8')
      .split('\n')
      .filter(Boolean);
  };
  return { log, lines };
}

onBothDatabases('a database', (newLocation) => {
  test('servers that start together create the tables without conflicts', async () => {
    const location = await newLocation();
    const clock = testClock();
    const databases = Array.from({ length: 6 }, () => testDatabase(location, clock));
    const counts = await Promise.all(
      databases.map((database) =>
        database.use('write', ({ db }) =>
          db
            .selectFrom('calls')
            .select(({ fn }) => fn.countAll<number>().as('n'))
            .executeTakeFirst(),
        ),
      ),
    );
    expect(counts.map((count) => Number(count?.n))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(databases.flatMap((database) => database.warnings)).toEqual([]);
  });

  test('a database of a newer version is not changed by an older one', async () => {
    const location = await newLocation();
    const clock = testClock();
    await testDatabase(location, clock).use('write', ({ db, sql }) =>
      sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')`.execute(db),
    );
    const old = testDatabase(location, clock);
    const log = testCallLog(old, clock);
    log.add(call(clock));
    expect((await log.list(query)).calls).toHaveLength(1);
    expect(old.warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('written by a newer version'),
    ]);
  });
});

onBothDatabases('tables of another version', (newLocation) => {
  const laterMigration = (database: Database) =>
    database.use('write', async ({ db, sql }) => {
      await sql`alter table translation_runs add column later text`.execute(db);
      await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')`.execute(
        db,
      );
    });

  const projectRow = {
    id: 'p',
    name: 'Game',
    folder: '/game',
    target_language: 'Japanese',
    generation: 1,
    created_at: 1,
    imported_at: null,
  };

  test('of an earlier one are brought up to date, and keep their rows', async () => {
    const location = await newLocation();
    const clock = testClock();
    const old = testDatabase(location, clock);
    await old.use('write', async ({ db, sql }) => {
      // Recreates the tables from before several machines could work on a run.
      await sql`drop table translation_workers`.execute(db);
      await sql`drop index translation_runs_state`.execute(db);
      for (const column of ['task', 'planned_at', 'limit_nano', 'spent_nano', 'reserved_nano'])
        await sql`alter table translation_runs drop column ${sql.ref(column)}`.execute(db);
      await sql`drop table translation_batches`.execute(db);
      await sql`drop index translation_groups_batch`.execute(db);
      for (const column of ['batch', 'input_tokens', 'cached_tokens', 'cache_saving'])
        await sql`alter table translation_groups drop column ${sql.ref(column)}`.execute(db);
      for (const column of ['delivery', 'confirm_usd'])
        await sql`alter table translation_runs drop column ${sql.ref(column)}`.execute(db);
      await sql`alter table translation_files drop column fingerprint`.execute(db);
      await sql`alter table ledger_reservations drop column reason_detail`.execute(db);
      await sql`drop table rate_limits`.execute(db);
      await sql`delete from kysely_migration where name >= '0008'`.execute(db);
      await sql`insert into translation_runs (id, project, kind, state, groups, units, started_at)
        values ('r', 'p', 'translate', 'paused', 3, 90, 1)`.execute(db);
    });
    await old.close();
    const rows = await testDatabase(location, clock).use('read', ({ db }) =>
      db.selectFrom('translation_runs').selectAll().execute(),
    );
    expect(rows).toMatchObject([
      { id: 'r', groups: 3, units: 90, task: null, spent_nano: 0, reserved_nano: 0 },
    ]);
  });

  test('of a newer one refuse translations with a clear message, and lose nothing', async () => {
    const location = await newLocation();
    const clock = testClock();
    const newer = testDatabase(location, clock);
    await newer.use('write', ({ db }) => db.insertInto('translation_projects').values(projectRow).execute());
    await laterMigration(newer);
    const older = new ProjectStore(new TranslationDatabase(testDatabase(location, clock)));
    const refusal = { code: 'ledger_unavailable', message: expect.stringContaining('update this one') };
    await expect(older.list()).rejects.toMatchObject(refusal);
    await expect(older.add({ ...projectRow, id: 'q' })).rejects.toMatchObject(refusal);
    const rows = await newer.use('read', ({ db }) =>
      db.selectFrom('translation_projects').selectAll().execute(),
    );
    expect(rows).toEqual([projectRow]);
  });

  test('that a newer one changes while they are in use are not used afterwards', async () => {
    const location = await newLocation();
    const clock = testClock();
    const older = testDatabase(location, clock);
    await older.use('read', async () => {});
    await laterMigration(older);
    const start = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => start + 31_000);
    onTestFinished(() => void vi.restoreAllMocks());
    await expect(older.use('write', async () => 1)).rejects.toThrow('update this one');
  });
});

/** Another connection to the file, after all that is in the write-ahead log was moved into the file. */
async function checkpointed(location: DatabaseLocation, clock: TestClock): Promise<Database> {
  const database = testDatabase(location, clock);
  await database.use('write', ({ db, sql }) => sql`pragma wal_checkpoint(truncate)`.execute(db));
  return database;
}

describe('a SQLite file in trouble', () => {
  test('a lock held by another program fails no call, is reported once, and loses nothing', async () => {
    const location = sqliteFile();
    const clock = testClock();
    const { log: serverLog, lines } = testLog();
    const database = testDatabase(location, clock, { log: serverLog });
    const log = testCallLog(database, clock);
    log.add(call(clock));
    await log.flush();
    const other = openFile(location.file);
    other.exec('begin immediate');
    const stored = call(clock);
    log.add(stored);
    await log.flush();
    expect(database.warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('database is locked'),
    ]);
    // Calls written before are still shown, and waiting calls are listed above them.
    const page = await log.list(query);
    expect(page.calls).toHaveLength(2);
    expect(page.calls[0]?.id).toBe(stored.row.id);
    clock.advance(rest);
    await log.flush();
    other.exec('rollback');
    clock.advance(rest);
    await log.flush();
    expect(database.warnings).toEqual([]);
    expect(other.prepare('select count(*) as n from calls').all([])).toEqual([{ n: 2 }]);
    const reported = (await lines()).filter(
      (line) => line.includes('cannot be used') || line.includes('can be used again'),
    );
    expect(reported).toHaveLength(2);
  }, 20_000);

  test('a full disk leaves the history readable and fails no call', async () => {
    const location = sqliteFile();
    const clock = testClock();
    const first = testCallLog(testDatabase(location, clock), clock);
    first.add(call(clock));
    await first.flush();
    const { page_count: pages } = openFile(location.file).prepare('pragma page_count').all([])[0] as {
      page_count: number;
    };
    const database = testDatabase(location, clock, { pragmas: [`max_page_count = ${pages}`] });
    const log = testCallLog(database, clock);
    const bodies = { id: '', messages: 'x'.repeat(60_000), reply: 'y', cut: 0 as const, request: null };
    for (let i = 0; i < 5; i++) log.add(call(clock, {}, bodies));
    await log.flush();
    expect(database.warnings.map(({ message }) => message)).toEqual([expect.stringContaining('full')]);
    expect((await log.list(query)).calls).toHaveLength(6);
  });

  test('a read-only file leaves the history readable and fails no call', async () => {
    const location = sqliteFile();
    const clock = testClock();
    const first = testCallLog(testDatabase(location, clock), clock);
    first.add(call(clock));
    await first.flush();
    const database = testDatabase(location, clock, { pragmas: ['query_only = 1'] });
    const log = testCallLog(database, clock);
    log.add(call(clock));
    expect((await log.list(query)).calls).toHaveLength(2);
    expect(database.warnings.map(({ message }) => message)).toEqual([expect.stringContaining('readonly')]);
  });

  test('a folder that cannot be created leaves the log working in memory', async () => {
    const root = temporaryFolder();
    writeFileSync(join(root, 'data'), 'a file where the folder should be');
    const clock = testClock();
    const database = testDatabase(sqliteFile(root), clock);
    const log = testCallLog(database, clock);
    const entry = call(clock);
    log.add(entry);
    expect((await log.list(query)).calls.map((c) => c.id)).toEqual([entry.row.id]);
    expect((await log.spend(1)).total_usd).toBe(0.001);
    expect(await log.get(entry.row.id)).toMatchObject({ id: entry.row.id });
    expect(database.warnings).toHaveLength(1);
  });

  test('a damaged file is set aside and the log continues in a new one', async () => {
    const location = sqliteFile();
    mkdirSync(dirname(location.file), { recursive: true });
    writeFileSync(location.file, 'this was a database once '.repeat(500));
    const clock = testClock();
    const database = testDatabase(location, clock);
    const log = testCallLog(database, clock);
    log.add(call(clock));
    await log.flush();
    expect((await log.list(query)).calls).toHaveLength(1);
    expect(database.warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('it is kept as'),
    ]);
    const stored = readdirSync(dirname(location.file)).find((name) => name.startsWith('llm.db.broken-'));
    expect(readFileSync(join(dirname(location.file), stored ?? ''), 'utf8')).toContain(
      'this was a database once',
    );
  });

  test('damage that turns up while the server runs sets the file and its write-ahead log aside', async () => {
    const location = sqliteFile();
    const clock = testClock();
    const database = testDatabase(location, clock);
    const log = testCallLog(database, clock);
    log.add(call(clock));
    await log.flush();
    // The content is checkpointed into the file and then overwritten there, so the write-ahead log no longer
    // has it.
    await (await checkpointed(location, clock)).close();
    const bytes = readFileSync(location.file);
    writeFileSync(
      location.file,
      Buffer.concat([bytes.subarray(0, 100), Buffer.alloc(bytes.length - 100, 0xff)]),
    );
    for (let i = 0; i < 4; i++) {
      log.add(call(clock));
      await log.flush();
    }
    expect(database.warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('it is kept as'),
    ]);
    expect((await log.list(query)).calls).toHaveLength(4);
    expect(
      readdirSync(dirname(location.file)).filter((name) => /^llm\.db\.broken-[^-]+-[^-]+-[^.]+Z$/.test(name)),
    ).toHaveLength(1);
  });

  test('a damaged file stays complete, and nothing is written, until it and its write-ahead log can be moved', async () => {
    const location = sqliteFile();
    const clock = testClock();
    // Keeps the write-ahead log. Windows does not rename the file either while it is open here.
    const other = await checkpointed(location, clock);
    const damaged = Buffer.alloc(50_000, 0xff);
    writeFileSync(location.file, damaged);
    const inTheWay = `${quarantineName(location.file, clock.now())}-wal`;
    mkdirSync(inTheWay);
    const onReplaced = vi.fn<() => void>();
    const database = testDatabase(location, clock, { onReplaced });
    await expect(database.use('write', async () => 1)).rejects.toThrow('rename');
    expect(readFileSync(location.file).equals(damaged)).toBe(true);
    expect(existsSync(`${location.file}-wal`)).toBe(true);
    expect(onReplaced).not.toHaveBeenCalled();
    await other.close();
    rmdirSync(inTheWay);
    clock.advance(rest);
    expect(await database.use('write', async () => 1)).toBe(1);
    expect(onReplaced).toHaveBeenCalledOnce();
    const stored = readdirSync(dirname(location.file)).find((name) => name.startsWith('llm.db.broken-'));
    expect(readFileSync(join(dirname(location.file), stored ?? '')).equals(damaged)).toBe(true);
  });
});

describe('the PostgreSQL address', () => {
  test('an invalid one is reported without its password, and SQLite does not silently replace it', async () => {
    const root = temporaryFolder();
    for (const text of [
      'postgres://user:hunter2secret@[bad',
      'mysql://user:hunter2secret@host/db',
      'hunter2secret',
    ]) {
      const location = locationOf({ COMFYVN_LLM_DATABASE_URL: text }, root, new Redactor());
      const database = testDatabase(location, testClock());
      await expect(database.use('read', async () => 1)).rejects.toThrow('not the address');
      expect(database.warnings[0]?.message).toContain('COMFYVN_LLM_DATABASE_URL');
      expect(database.warnings[0]?.message).not.toContain('hunter2');
    }
    expect(existsSync(join(root, 'data'))).toBe(false);
  });

  test('a password is redacted in both spellings, percent-encoded and decoded', () => {
    const redactor = new Redactor();
    locationOf({ COMFYVN_LLM_DATABASE_URL: 'postgres://u:p%40ss%2Fword@db.studio/llm' }, '', redactor);
    expect(redactor.redact('p%40ss%2Fword and p@ss/word')).not.toMatch(/ss.{1,3}word/);
  });
});

describe.skipIf(withoutPostgres)('a PostgreSQL server', () => {
  const server = usePostgres();

  test('while it is unreachable calls succeed and are written later, and its password is not shown', async () => {
    const clock = testClock();
    const redactor = new Redactor();
    const location = locationOf({ COMFYVN_LLM_DATABASE_URL: await server().newDatabase() }, '', redactor);
    const database = testDatabase(location, clock);
    const log = testCallLog(database, clock);
    log.add(call(clock));
    await log.flush();
    await server().halt();
    const entry = call(clock);
    log.add(entry);
    expect((await log.list(query)).calls.map((c) => c.id)).toEqual([entry.row.id]);
    expect(database.warnings).toHaveLength(1);
    expect(database.warnings[0]?.message).not.toContain(plantedPassword);
    await server().resume();
    clock.advance(rest);
    expect((await log.list(query)).calls).toHaveLength(2);
    expect(database.warnings).toEqual([]);
  });
});
