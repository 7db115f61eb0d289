import { Worker } from 'node:worker_threads';
import { checkDescriptors, closeAtExit, keepDriverLoaded } from '../lib/sqlite-driver.ts';
import { threadSource } from './sqlite-thread.ts';

interface Query {
  sql: string;
  parameters: readonly unknown[];
}

export type SqliteRequest =
  | { op: 'open' | 'close' }
  /**
   * Statements without parameters. Begin and commit run this way: a prepared one that meets a lock stays
   * active.
   */
  | { op: 'run'; sql: string }
  | ({ op: 'query' } & Query)
  /** All or nothing, in one transaction; `rows` has those of each statement. */
  | { op: 'transaction'; statements: readonly Query[] };

export interface SqliteReply {
  rows?: unknown[];
  changes?: number;
}

/** SQLite's error; `code` as in `SQLITE_BUSY`, or empty. */
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
  throw new TypeError(`SQLite does not accept a ${typeof value}`);
}

const bound = ({ sql, parameters }: Query): Query => ({ sql, parameters: parameters.map(bindable) });

/** The thread holds one batch at a time; by default its young generation grows to three times 16 MB. */
const resourceLimits = { maxYoungGenerationSizeMb: 3 };

interface Waiting {
  resolve(reply: SqliteReply): void;
  reject(error: Error): void;
}

/** How long a process that exits waits for what was asked for before: a lock is waited for half as long. */
const maxExitMs = 2000;

const goneMessage = 'the database was closed';

/** One SQLite file, open in its own thread; requests are answered in order. */
export class SqliteWorker {
  readonly #worker: Worker;
  /** Whether it is abandoned, and whether the thread has closed the file: 1 for yes. */
  readonly #flags = new Int32Array(new SharedArrayBuffer(8));
  readonly #exit: Promise<unknown>;
  readonly #waiting: Waiting[] = [];
  #gone: Error | undefined;

  /** @throws EMFILE, ENFILE if the thread or the driver would not get the file descriptors it needs */
  constructor(file: string) {
    checkDescriptors();
    keepDriverLoaded();
    const workerData = { file, from: import.meta.url, flags: this.#flags };
    this.#worker = new Worker(threadSource, { eval: true, workerData, resourceLimits });
    this.#exit = new Promise((resolve) => this.#worker.once('exit', resolve));
    this.#worker.on('message', (reply: SqliteReply & { failed?: { code: string; message: string } }) => {
      const first = this.#waiting.shift();
      this.#keepAlive();
      if (reply.failed) first?.reject(new SqliteFailure(reply.failed.code, reply.failed.message));
      else first?.resolve(reply);
    });
    this.#worker.on('error', (error) => this.#end(error));
    const forget = closeAtExit(() => this.#closeNow());
    this.#worker.on('exit', () => {
      forget();
      this.#end(new SqliteFailure('', goneMessage));
    });
    this.#worker.unref();
  }

  /** Keeps the process running only while a request is pending. */
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

  /** @throws SqliteFailure; TypeError for a parameter that SQLite does not accept */
  async request(request: SqliteRequest): Promise<SqliteReply> {
    if (this.#gone) throw this.#gone;
    let posted = request;
    if (request.op === 'query') posted = { ...request, ...bound(request) };
    if (request.op === 'transaction') posted = { ...request, statements: request.statements.map(bound) };
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#keepAlive();
      this.#post(posted);
    });
  }

  /** Closes the file after all earlier requests. */
  async close(): Promise<void> {
    if (!this.#gone) await this.request({ op: 'close' }).catch(() => {});
    await this.#exit;
  }

  /** Blocks this thread until the file is closed. */
  #closeNow(): void {
    this.#post({ op: 'close' });
    Atomics.wait(this.#flags, 1, 0, maxExitMs);
  }

  /** Fails all pending requests, and resolves once the file is closed, at the latest after the lock timeout. */
  async abandon(): Promise<void> {
    Atomics.store(this.#flags, 0, 1);
    this.#end(new SqliteFailure('', goneMessage));
    this.#post({ op: 'close' });
    await this.#exit;
  }
}
