import { Budget } from '../budget/budget.ts';
import { limitsFrom } from '../budget/limits.ts';
import { dayOf } from '../registry/lifecycle.ts';
import { DatabaseLedger } from '../budget/database-ledger.ts';
import type { Log } from '../lib/log/log.ts';
import type { Ports, SettingsStore } from '../lib/host/ports.ts';
import type { Redactor } from '../lib/redact.ts';
import { CallLog } from '../calls/call-log.ts';
import { CallRecorder } from '../chat/record/call-recorder.ts';
import { Database } from '../database/database.ts';
import type { FinishedCall } from '../calls/call-row.ts';
import { locationOf } from '../database/database-location.ts';
import { Signals } from '../database/signals.ts';
import { processOwner } from '../translation/run/process-owner.ts';
import type { Notice } from '../lib/notice.ts';
import { Throttled } from '../lib/throttled.ts';
import { within } from '../lib/with-timeout.ts';

export interface CallStorageParts extends Pick<Ports, 'env' | 'paths' | 'now'> {
  log: Log;
  redactor: Redactor;
  settings: SettingsStore;
  /** Called when the log has new calls, at most once a second. */
  onWritten(): void;
  /** Called with each finished call. */
  onCall?(call: FinishedCall): void;
  /** Called when `warnings` has changed. */
  onWarning(): void;
}

/** The queries whose answers change when the log has new calls. */
export const callQueries = [
  'calls.list',
  'calls.index',
  'calls.totals',
  'calls.charts',
  'calls.spend',
  'spend.get',
  'budget.get',
] as const;

/** The call log, ledger and budget, in one database. */
export interface CallStorage {
  calls: CallLog;
  recorder: CallRecorder;
  budget: Budget;
  database: Database;
  /** Notifies processes that share the database. */
  signals: Signals;
  warnings(): Notice[];
  /** Opens the database, which otherwise happens with the first call. */
  open(): Promise<void>;
  /** Writes pending entries. */
  close(): Promise<void>;
}

const noticeMs = 1000;
/** On shutdown, the longest wait for the database. */
const closeMs = 5000;

/** Opens call log, ledger and budget. The database, and its code, is loaded on first use. */
export function openCallStorage(parts: CallStorageParts): CallStorage {
  const { env, paths, now, log, redactor, settings } = parts;
  const notice = new Throttled(parts.onWritten, noticeMs);
  const limits = () => limitsFrom(env, settings.get());
  const onReplaced = () => ledger.startAgain(dayOf(now()), limits().daily);
  const location = locationOf(env, paths.runtimeRoot, redactor);
  const database = new Database({ location, log, now, onWarning: parts.onWarning, onReplaced });
  const signals = new Signals({ database, location, log, process: processOwner });
  const ledger = new DatabaseLedger(database, now, log, (text) => redactor.redact(text));
  const keepDays = () => settings.get().keep_calls_days;
  const calls = new CallLog({ database, log, now, onWritten: () => notice.call(), keepDays });
  const keepsBodies = () => settings.get().record_bodies;
  return {
    calls,
    recorder: new CallRecorder({
      redactor,
      now,
      keepsBodies,
      take: (call, entry) => (parts.onCall?.(call), calls.add(entry)),
      session: calls.session,
    }),
    budget: new Budget(ledger, limits, now),
    database,
    signals,
    warnings: () => database.warnings,
    open: () => database.use('read', async () => {}).catch(() => {}),
    async close() {
      const left = Promise.all([ledger.close(), calls.close()]);
      await within(closeMs, left, 'the database took too long').catch((error: unknown) =>
        log.warn(String(error)),
      );
      await signals.close();
      await database.close();
      notice.close();
    },
  };
}
