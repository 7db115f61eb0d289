import { Worker } from 'node:worker_threads';

/**
 * The thread SQLite lives in, as text: it has to run from source, from the bundle and from an archive alike.
 * A failed checkpoint, a lock or a slow disk holds up this thread, never a call. It ends by itself: a thread that is
 * terminated inside the driver takes the whole process with it.
 */
const source = `
const { parentPort, workerData } = require('node:worker_threads');
const { createRequire } = require('node:module');
let db;
const statements = new Map();
const prepared = (key, textOf) => {
  let statement = statements.get(key);
  if (!statement) {
    if (statements.size >= 100) statements.clear();
    statements.set(key, (statement = db.prepare(textOf())));
  }
  return statement;
};
// A third of a row is null, and each value that is bound costs more than all the rest of it.
const insertOne = (table, columns, row) => {
  let key = table;
  const values = [];
  for (let i = 0; i < row.length; i++) if (row[i] !== null) { key += ' ' + i; values.push(row[i]); }
  const statement = prepared(key, () => {
    const names = columns.filter((_name, i) => row[i] !== null);
    return 'insert into ' + table + ' (' + names.join(', ') + ') values (' +
      names.map(() => '?').join(', ') + ') on conflict (id) do nothing';
  });
  return statement.run(values).changes > 0;
};
const end = () => {
  try { db?.close(); } finally { parentPort.close(); }
};
const work = {
  open: () => { db = new (createRequire(workerData.from)('libsql'))(workerData.file); },
  run: ({ sql }) => { db.exec(sql); },
  query: ({ sql, parameters }) => {
    const statement = prepared(sql, () => sql);
    if (statement.reader) return { rows: statement.all(parameters) };
    return { rows: [], changes: statement.run(parameters).changes };
  },
  insert: ({ table, columns, rows }) =>
    ({ rows: JSON.parse(rows).filter((row) => insertOne(table, columns, row)).map((row) => row[0]) }),
  close: end,
};
parentPort.on('message', (request) => {
  if (Atomics.load(workerData.abandoned, 0)) return end();
  try {
    parentPort.postMessage({ ...work[request.op](request) });
  } catch (error) {
    parentPort.postMessage({ failed: { code: error.code ?? '', message: error.message } });
  }
});
`;

export type SqliteRequest =
  | { op: 'open' | 'close' }
  /** Statements without parameters. Begin and commit go this way: a prepared one that meets a lock stays under way. */
  | { op: 'run'; sql: string }
  | { op: 'query'; sql: string; parameters: readonly unknown[] }
  /** These rows of values, as JSON, with an id first; the ids of those that were not there yet. */
  | { op: 'insert'; table: string; columns: readonly string[]; rows: string };

export interface SqliteReply {
  rows?: unknown[];
  changes?: number;
}

/** What SQLite said; `code` as in `SQLITE_BUSY`, or empty. */
export class SqliteFailure extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'SqliteFailure';
    this.code = code;
  }
}

/** The driver ends the whole process on any other type. */
function bindable(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new TypeError(`SQLite takes no ${typeof value}`);
}

/** It holds a batch at a time: left to itself its short-lived memory grows to three times 16 MB. */
const resourceLimits = { maxYoungGenerationSizeMb: 3 };

interface Waiting {
  resolve(reply: SqliteReply): void;
  reject(error: Error): void;
}

const goneMessage = 'the database was closed';

/** One SQLite file, open in a thread of its own; requests are answered in their order. */
export class SqliteWorker {
  readonly #worker: Worker;
  readonly #abandoned = new Int32Array(new SharedArrayBuffer(4));
  readonly #exit: Promise<unknown>;
  readonly #waiting: Waiting[] = [];
  #gone: Error | undefined;

  constructor(file: string) {
    const workerData = { file, from: import.meta.url, abandoned: this.#abandoned };
    this.#worker = new Worker(source, { eval: true, workerData, resourceLimits });
    this.#exit = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#worker.on('message', (reply: SqliteReply & { failed?: { code: string; message: string } }) => {
      const first = this.#waiting.shift();
      this.#keepAlive();
      if (reply.failed) first?.reject(new SqliteFailure(reply.failed.code, reply.failed.message));
      else first?.resolve(reply);
    });
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new SqliteFailure('', goneMessage)));
    this.#worker.unref();
  }

  /** An idle database does not keep the process running; one that is asked does. */
  #keepAlive(): void {
    if (this.#waiting.length) this.#worker.ref();
    else this.#worker.unref();
  }

  #end(error: Error): void {
    this.#gone ??= error;
    for (const waiting of this.#waiting.splice(0)) waiting.reject(this.#gone);
  }

  #post(request: object): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- this is a thread, not a window
    this.#worker.postMessage(request);
  }

  /** @throws SqliteFailure; TypeError for a parameter that SQLite cannot take */
  async request(request: SqliteRequest): Promise<SqliteReply> {
    if (this.#gone) throw this.#gone;
    const parameters = request.op === 'query' ? { parameters: request.parameters.map(bindable) } : {};
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#keepAlive();
      this.#post({ ...request, ...parameters });
    });
  }

  /** Closes the file after what was asked for before. */
  async close(): Promise<void> {
    if (!this.#gone) await this.request({ op: 'close' }).catch(() => {});
    await this.#exit;
  }

  /** Fails whatever was asked for, and resolves once the file is closed: at the latest when a lock has been waited for. */
  async abandon(): Promise<void> {
    Atomics.store(this.#abandoned, 0, 1);
    this.#end(new SqliteFailure('', goneMessage));
    this.#post({ op: 'close' });
    await this.#exit;
  }
}
