import {
  type CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
} from 'kysely';
import type { SqliteWorker } from './sqlite-worker.ts';

class WorkerConnection implements DatabaseConnection {
  readonly #worker: SqliteWorker;

  constructor(worker: SqliteWorker) {
    this.#worker = worker;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, changes } = await this.#worker.request({ op: 'query', sql, parameters });
    return { rows: rows as R[], ...(changes === undefined ? {} : { numAffectedRows: BigInt(changes) }) };
  }

  // oxlint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('rows are not streamed from SQLite');
  }
}

/** One connection, used by one caller at a time. */
class WorkerDriver implements Driver {
  readonly #worker: SqliteWorker;
  readonly #connection: WorkerConnection;
  readonly #queue: (() => void)[] = [];
  #lent = false;

  constructor(worker: SqliteWorker) {
    this.#worker = worker;
    this.#connection = new WorkerConnection(worker);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#lent) await new Promise<void>((resolve) => this.#queue.push(resolve));
    this.#lent = true;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    const next = this.#queue.shift();
    if (next) next();
    else this.#lent = false;
  }

  /** Takes the lock before the first read, so that the data is still current when it is written. */
  async beginTransaction(): Promise<void> {
    await this.#worker.request({ op: 'run', sql: 'begin immediate' });
  }

  async commitTransaction(): Promise<void> {
    await this.#worker.request({ op: 'run', sql: 'commit' });
  }

  /** SQLite has already rolled back after some failures; then there is nothing to do. */
  async rollbackTransaction(): Promise<void> {
    await this.#worker.request({ op: 'run', sql: 'rollback' }).catch(() => {});
  }

  async destroy(): Promise<void> {
    await this.#worker.close();
  }
}

/** Several servers may start on one file, so all migrations run inside one write transaction. */
class MigrationsInTransaction extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Kysely's SQLite dialect over our worker thread. */
export function sqliteDialect(worker: SqliteWorker): Dialect {
  return {
    createAdapter: () => new MigrationsInTransaction(),
    createDriver: () => new WorkerDriver(worker),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}
