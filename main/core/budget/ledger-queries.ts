import type { OpenDatabase, Statement } from '../database/open-database.ts';
import type { ReservationRow } from '../database/tables.ts';
import { codedText, detailOf } from '../lib/coded-text.ts';
import { reasonColumns, storedDetail } from './unknown-reason.ts';
import type { DayTotal, ReservationSubject, UnknownEntry, UnknownReason } from './ledger.ts';

type Db = OpenDatabase['db'];

/** A reserved entry that has not been renewed for this long belongs to a process that died. */
export const staleMs = 90_000;
/** How long a settled entry that was unknown before is kept. */
const settledKeptMs = 90 * 24 * 3600_000;

export interface NewReservation {
  id: string;
  day: string;
  /** Nano-USD, like all amounts in this file. */
  amount: number;
  limit: number;
  subject: ReservationSubject;
  /** Milliseconds for which the entry counts as in progress without renewal; 90 seconds by default. */
  lastsMs?: number;
}

/** How an entry ends: with an amount, or unknown. */
export type Ending =
  | { id: string; settled: number }
  | { id: string; unknown: UnknownReason; providerRef: string | null };

/** A day whose entries were lost. */
export interface LostDay {
  id: string;
  day: string;
  /** The whole daily limit, because all of it may be spent. */
  amount: number;
}

export interface LedgerWrite {
  lost: LostDay | undefined;
  endings: readonly Ending[];
  wanted: readonly NewReservation[];
  /** Milliseconds since 1970. */
  now: number;
}

export interface Verdict extends DayTotal {
  id: string;
  granted: boolean;
}

/** The open amounts of a day: bounds of calls in progress, and of calls that ended unknown. */
async function openOn(db: Db, { sql }: OpenDatabase, day: string, now: number) {
  const { rows } = await sql<{ live: number | string; lost: number | string }>`select
      coalesce(sum(case when state = 'reserved' and expires_at > ${now} then amount else 0 end), 0) as live,
      coalesce(sum(case when state = 'reserved' and expires_at > ${now} then 0 else amount end), 0) as lost
    from ledger_reservations where day = ${day} and state in ('reserved', 'unknown')`.execute(db);
  return { reserved: Number(rows[0]?.live ?? 0), unknown: Number(rows[0]?.lost ?? 0) };
}

/** Adds settled amounts to their days, ordered by day so that two machines cannot deadlock. */
async function addToDays(trx: Db, amounts: ReadonlyMap<string, number>): Promise<void> {
  for (const [day, spent] of [...amounts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await trx
      .insertInto('ledger_days')
      .values({ day, spent })
      .onConflict((c) =>
        c
          .column('day')
          .doUpdateSet(({ eb, ref }) => ({ spent: eb('ledger_days.spent', '+', ref('excluded.spent')) })),
      )
      .execute();
  }
}

const open = "state in ('reserved', 'unknown')";

/**
 * Locks the day's row, so that the sums that follow include every earlier reservation (READ COMMITTED is
 * enough).
 */
const lockDay = (day: string): Statement => ({
  sql: `insert into ledger_days (day, spent) values (?, 0)
    on conflict (day) do update set spent = ledger_days.spent returning spent`,
  parameters: [day],
});

const sumOpen = (day: string, now: number): Statement => ({
  sql: `select
      coalesce(sum(case when state = 'reserved' and expires_at > ? then amount else 0 end), 0) as live,
      coalesce(sum(case when state = 'reserved' and expires_at > ? then 0 else amount end), 0) as lost
    from ledger_reservations where day = ? and ${open}`,
  parameters: [now, now, day],
});

/**
 * Writes an entry if it fits under its limit together with everything spent and open. Returns its id if it
 * does.
 */
function reserve(
  { id, day, amount, limit, subject, lastsMs = staleMs }: NewReservation,
  now: number,
): Statement {
  const { provider, model, module, requestId } = subject;
  return {
    sql: `insert into ledger_reservations
        (id, day, amount, expires_at, state, reserved_at, provider, model, module, request_id)
      select cast(? as text), cast(? as text), cast(? as bigint), cast(? as bigint), 'reserved', cast(? as bigint),
        cast(? as text), cast(? as text), cast(? as text), cast(? as text)
      where (select spent from ledger_days where day = ?)
        + (select coalesce(sum(amount), 0) from ledger_reservations where day = ? and ${open})
        + cast(? as bigint) <= cast(? as bigint)
      returning id`,
    parameters: [id, day, amount, now + lastsMs, now, provider, model, module, requestId].concat([
      day,
      day,
      amount,
      Math.min(limit, Number.MAX_SAFE_INTEGER),
    ]),
  };
}

const marks = (list: readonly unknown[]) => list.map(() => '?').join(', ');

/**
 * If the entry is gone, an earlier try whose answer was lost has already written this ending. Nothing
 * changes.
 */
function end(endings: readonly Ending[], kind: OpenDatabase['kind']): Statement[] {
  const unknown = endings.flatMap((ending): Statement[] =>
    'unknown' in ending
      ? [
          {
            sql: `update ledger_reservations set state = 'unknown', reason = ?, reason_detail = ?, provider_ref = ?
              where id = ? and state = 'reserved'`,
            parameters: [
              ending.unknown.message,
              reasonColumns(ending.unknown).reason_detail,
              ending.providerRef,
              ending.id,
            ],
          },
        ]
      : [],
  );
  const settled = endings.flatMap((ending) => ('settled' in ending ? [ending] : []));
  if (!settled.length) return unknown;
  const ids = settled.map(({ id }) => id);
  const isOurs = `id in (${marks(ids)}) and state = 'reserved'`;
  const rows = settled.map(() => '(cast(? as text), cast(? as bigint))').join(', ');
  return [
    // A user may settle an expired entry by hand meanwhile. SQLite has only one writer at a time.
    ...(kind === 'postgres'
      ? [
          {
            sql: `select id from ledger_reservations where ${isOurs} order by id for update`,
            parameters: ids,
          },
        ]
      : []),
    // Ordered by day, so that two machines cannot deadlock.
    {
      sql: `with given (id, settled) as (values ${rows})
        insert into ledger_days (day, spent)
        select r.day, sum(given.settled) from ledger_reservations as r join given on given.id = r.id
        where r.state = 'reserved' group by r.day order by r.day
        on conflict (day) do update set spent = ledger_days.spent + excluded.spent`,
      parameters: settled.flatMap(({ id, settled: amount }) => [id, amount]),
    },
    { sql: `delete from ledger_reservations where ${isOurs}`, parameters: ids },
    ...unknown,
  ];
}

/**
 * Writes endings and reservations in one transaction. Reservations for one day are decided in order, each
 * including those granted before it.
 */
export async function writeLedger(
  database: OpenDatabase,
  { lost, endings, wanted, now }: LedgerWrite,
): Promise<Verdict[]> {
  // Written separately and first: it only adds to what counts as spent, and happens once.
  if (lost) await noteLostDay(database.db, lost, now);
  const days = [...new Set(wanted.map((one) => one.day))].sort();
  const asked = days.map((day) => wanted.filter((one) => one.day === day));
  const before = end(endings, database.kind);
  const statements = [
    ...before,
    ...days.flatMap((day, i) => [
      lockDay(day),
      ...(asked[i] ?? []).map((one) => reserve(one, now)),
      sumOpen(day, now),
    ]),
  ];
  if (!statements.length) return [];
  const results = (await database.inTransaction(statements)).slice(before.length);
  return days.flatMap((_day, i) => {
    const of = results.splice(0, (asked[i] ?? []).length + 2);
    const [sums] = of.at(-1) ?? [];
    const total = {
      spent: Number(of[0]?.[0]?.['spent'] ?? 0),
      reserved: Number(sums?.['live'] ?? 0),
      unknown: Number(sums?.['lost'] ?? 0),
    };
    return (asked[i] ?? []).map((one, n) => ({
      id: one.id,
      granted: (of[n + 1] ?? []).length > 0,
      ...total,
    }));
  });
}

const ledgerRestarted = codedText(
  'unknown_spend',
  'ledger_restarted',
  {},
  'the ledger was damaged or removed and started anew: the spending of this day is unknown',
);

const processEnded = codedText(
  'unknown_spend',
  'process_ended',
  {},
  'the process that sent it ended before the reply was complete',
);

async function noteLostDay(trx: Db, { id, day, amount }: LostDay, now: number): Promise<void> {
  const subject = { provider: null, model: null, module: null, requestId: null };
  await trx
    .insertInto('ledger_reservations')
    .values({
      ...rowOf({ id, day, amount, limit: amount, subject }, now),
      state: 'unknown',
      ...reasonColumns(ledgerRestarted),
    })
    // An earlier try whose answer was lost has already written it.
    .onConflict((c) => c.column('id').doNothing())
    .execute();
}

function rowOf({ id, day, amount, subject }: NewReservation, now: number): ReservationRow {
  return {
    id,
    day,
    amount,
    expires_at: now + staleMs,
    state: 'reserved',
    reserved_at: now,
    provider: subject.provider,
    model: subject.model,
    module: subject.module,
    request_id: subject.requestId,
    reason: null,
    reason_detail: null,
    provider_ref: null,
    settled_at: null,
    settled: null,
  };
}

export async function totalOf(open: OpenDatabase, day: string, now: number): Promise<DayTotal> {
  const row = await open.db
    .selectFrom('ledger_days')
    .select('spent')
    .where('day', '=', day)
    .executeTakeFirst();
  return { spent: Number(row?.spent ?? 0), ...(await openOn(open.db, open, day, now)) };
}

/** Entries of unknown cost, which count at their bound. Newest first. */
export async function unknownEntries(
  { db }: OpenDatabase,
  now: number,
  limit: number,
): Promise<UnknownEntry[]> {
  const rows = await db
    .selectFrom('ledger_reservations')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('state', '=', 'unknown'),
        eb.and([eb('state', '=', 'reserved'), eb('expires_at', '<=', now)]),
      ]),
    )
    .orderBy('expires_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    day: row.day,
    bound: Number(row.amount),
    reservedAt: row.reserved_at === null ? null : Number(row.reserved_at),
    provider: row.provider,
    model: row.model,
    module: row.module,
    requestId: row.request_id,
    reason: row.reason ?? processEnded.message,
    reasonDetail: row.reason === null ? detailOf(processEnded) : storedDetail(row.reason_detail),
    providerRef: row.provider_ref,
  }));
}

/** True if the entry was unknown and the amount is within its bound. */
export async function settleUnknownEntry(
  { db }: OpenDatabase,
  id: string,
  amount: number,
  now: number,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('ledger_reservations')
      .set({ state: 'settled', settled: amount, settled_at: now })
      .where('id', '=', id)
      .where('amount', '>=', amount)
      .where((eb) =>
        eb.or([
          eb('state', '=', 'unknown'),
          eb.and([eb('state', '=', 'reserved'), eb('expires_at', '<=', now)]),
        ]),
      )
      .returning('day')
      .executeTakeFirst();
    if (row) await addToDays(trx, new Map([[row.day, amount]]));
    return row !== undefined;
  });
}

/** Renews the entries of calls in progress, and removes old settled ones. */
export async function renewEntries({ db }: OpenDatabase, ids: readonly string[], now: number): Promise<void> {
  await db
    .updateTable('ledger_reservations')
    .set({ expires_at: now + staleMs })
    .where('id', 'in', ids)
    .where('state', '=', 'reserved')
    .execute();
  await db
    .deleteFrom('ledger_reservations')
    .where('state', '=', 'settled')
    .where('settled_at', '<', now - settledKeptMs)
    .execute();
}
