import type {
  CallCharts,
  CallDetail,
  CallFilterQuery,
  CallIndex,
  CallIndexQuery,
  CallPage,
  CallQuery,
  CallTotals,
  SpendView,
} from '../../../contract/call-log.ts';
import { AppError } from '../lib/app-error.ts';
import type { Log } from '../lib/log/log.ts';
import { dayOf } from '../registry/lifecycle.ts';
import { mergeIndex, readIndex } from './call-index.ts';
import { chartsOf } from './charts.ts';
import {
  chartRows,
  deleteCalls,
  getCall,
  insertCalls,
  listCalls,
  previewsOf,
  spendSince,
  totalsOf,
} from './call-queries.ts';
import { detailOf, recordOf } from './call-row.ts';
import type { CallRow } from '../database/tables.ts';
import type { Database } from '../database/database.ts';
import type { OpenDatabase } from '../database/open-database.ts';
import { DatabaseDown } from '../database/trouble.ts';
import { MemoryCalls, type Entry } from './memory-calls.ts';
import { SessionBodies } from './session-bodies.ts';
import { prune, retention, retentionFor } from './prune.ts';
import { addDays, addTotals, daysOf, latenciesOf, spendView } from './spend.ts';

export interface CallLogParts {
  database: Database;
  log: Log;
  now(): number;
  /** Called when calls have been written to the database. */
  onWritten?(): void;
  /** How many days a call is kept; 90 by default. */
  keepDays?(): number;
}

/** A batch is written when it has this many calls, or when its first call has waited long enough. */
const batchSize = 400;
const batchMs = 200;
/** Maximum calls per transaction, after a time when nothing could be written. */
const largestBatch = 1000;
/** Retry interval after a failed write. */
const retryMs = 5000;
const pruneMs = 60 * 60 * 1000;
const dayMs = 86_400_000;

/**
 * Stores every call: in memory at once, in the database soon after. Failures here never fail or delay a call.
 */
export class CallLog {
  readonly #parts: CallLogParts;
  readonly #memory = new MemoryCalls();
  /** Messages and replies of calls whose bodies are not stored in the log. */
  readonly session = new SessionBodies();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #pruning: Promise<void> | undefined;
  #prunedAt: number | undefined;

  constructor(parts: CallLogParts) {
    this.#parts = parts;
  }

  /** Queues a finished call for writing. */
  add(entry: Entry): void {
    this.#memory.add(entry);
    if (this.#memory.size >= batchSize && this.#parts.database.writable) void this.flush();
    else this.#wakeIn(this.#parts.database.writable ? batchMs : retryMs);
  }

  /** Writes all queued calls. Never throws: calls that cannot be written stay in memory. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
      if (this.#memory.size) this.#wakeIn(this.#parts.database.writable ? batchMs : retryMs);
    });
    return this.#writing;
  }

  /** One page, newest first, from the database and from calls still in memory. */
  async list(query: CallQuery): Promise<CallPage> {
    await this.flush();
    const waiting = this.#memory.list(query);
    const found = await this.#read((open) => listCalls(open, query));
    const previews = await this.#previews([...waiting, ...(found?.rows ?? [])].map(({ id }) => id));
    const shown = (row: CallRow) => recordOf(row, previews.get(row.id));
    // Calls still in memory have no position in a sorted list; they appear a moment later. While the database
    // cannot be read, they are listed by time.
    if (query.sort !== undefined) return { calls: (found?.rows ?? waiting).map(shown), next: null };
    const rows = new Map([...waiting, ...(found?.rows ?? [])].map((row) => [row.id, row]));
    const calls = [...rows.values()].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, query.limit);
    const full = calls.length === query.limit ? (calls.at(-1)?.id ?? null) : null;
    return { calls: calls.map(shown), next: full ?? found?.goOn ?? null };
  }

  /** The ids of one page, as `list` would return them, with the plans of each live call apart. */
  async index(query: CallIndexQuery): Promise<CallIndex> {
    await this.flush();
    const waiting = this.#memory.list(query);
    return mergeIndex(query, waiting, await this.#read((open) => readIndex(open, query)));
  }

  async #previews(ids: readonly string[]): Promise<Map<string, string>> {
    const found = await this.#read((open) => previewsOf(open, ids));
    const previews = new Map(found ?? []);
    for (const id of ids) {
      const preview = previews.has(id) ? undefined : this.#memory.get(id)?.bodies?.preview;
      if (preview) previews.set(id, preview);
    }
    return previews;
  }

  /** Totals over all calls that pass the filter, including those still in memory. */
  async totals(query: CallFilterQuery): Promise<CallTotals> {
    await this.flush();
    const waiting = this.#memory.matching(query);
    return addTotals(await this.#read((open) => totalsOf(open, query)), waiting);
  }

  /** Live calls of the last `days` days including today, for charts. */
  async charts(days: number): Promise<CallCharts> {
    await this.flush();
    const now = this.#parts.now();
    const from = dayOf(now - (days - 1) * dayMs);
    const found = await this.#read((open) => chartRows(open, from));
    return chartsOf(from, dayOf(now), found ?? { modules: [], times: [] });
  }

  /**
   * Deletes calls from the log; their cost still counts as spent.
   * @throws AppError `ledger_unavailable` while the database cannot be written
   */
  async delete(ids: readonly string[]): Promise<{ deleted: number }> {
    await this.flush();
    try {
      return { deleted: await this.#parts.database.use('write', (open) => deleteCalls(open, ids)) };
    } catch (cause) {
      if (!(cause instanceof DatabaseDown)) throw cause;
      throw new AppError(
        'ledger_unavailable',
        'no call was deleted: the database cannot be written now',
        undefined,
        {
          cause,
        },
      );
    }
  }

  /**
   * @param fromPanel only the panel's own window may see bodies that are only in memory
   * @throws AppError `not_found`
   */
  async get(id: string, fromPanel = false): Promise<CallDetail> {
    await this.flush();
    const waiting = this.#memory.get(id);
    const found = waiting ?? (await this.#read((open) => getCall(open, id)));
    if (!found) throw new AppError('not_found', `the call log has no call ${id}`);
    const { row, bodies } = found;
    return detailOf(row, bodies, fromPanel ? this.session.get(id) : null);
  }

  /** Cost in USD, calls and latencies of the last `days` days including today. */
  async spend(days: number): Promise<SpendView> {
    await this.flush();
    const now = this.#parts.now();
    const from = dayOf(now - (days - 1) * dayMs);
    const waiting = this.#memory.rows().filter((row) => dayOf(row.at) >= from);
    const found = await this.#read((open) => spendSince(open, from));
    const all = addDays(found?.days ?? [], daysOf(waiting));
    return spendView(from, dayOf(now), all, [...(found?.latencies ?? []), ...latenciesOf(waiting)]);
  }

  /** Writes the queued calls. */
  async close(): Promise<void> {
    await this.flush();
    await this.flush();
    await this.#pruning;
    clearTimeout(this.#timer);
    const { size, lost } = this.#memory;
    if (size + lost)
      this.#parts.log.warn(
        { calls: size + lost },
        'calls of this run are missing from the call log: its database could not be used',
      );
  }

  #wakeIn(ms: number): void {
    this.#timer ??= setTimeout(() => void this.flush(), ms).unref();
  }

  async #read<T>(work: (open: OpenDatabase) => Promise<T>): Promise<T | undefined> {
    try {
      return await this.#parts.database.use('read', work);
    } catch (error) {
      if (error instanceof DatabaseDown) return undefined;
      throw error;
    }
  }

  async #writeAll(): Promise<void> {
    const { database, onWritten } = this.#parts;
    let wrote = false;
    while (this.#memory.size && database.writable) {
      const batch = this.#memory.oldest(largestBatch);
      if (!(await this.#write(batch))) break;
      this.#memory.remove(batch);
      wrote = true;
    }
    if (!wrote) return;
    onWritten?.();
    this.#pruning ??= this.#pruneNowAndThen().finally(() => (this.#pruning = undefined));
  }

  /** Returns false if the write has to be retried. */
  async #write(batch: readonly Entry[]): Promise<boolean> {
    const { database, log } = this.#parts;
    try {
      await database.use('write', (open) => insertCalls(open, batch));
      return true;
    } catch (error) {
      if (error instanceof DatabaseDown) return false;
      log.error(
        { err: String(error), calls: batch.length },
        'calls that the database rejects are not in the call log',
      );
      return true;
    }
  }

  async #pruneNowAndThen(): Promise<void> {
    const { database, now, log, keepDays } = this.#parts;
    if (this.#prunedAt !== undefined && now() - this.#prunedAt < pruneMs) return;
    this.#prunedAt = now();
    try {
      const removed = await prune(database, now(), retentionFor(keepDays?.() ?? retention.days));
      if (removed) log.info({ calls: removed }, 'old calls were removed from the call log');
    } catch (error) {
      if (!(error instanceof DatabaseDown))
        log.error({ err: String(error) }, 'old calls could not be removed from the call log');
    }
  }
}
