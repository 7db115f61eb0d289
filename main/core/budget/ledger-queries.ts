import type { OpenDatabase } from '../database/open-database.ts';
import type { ReservationRow } from '../database/tables.ts';
import type { DayTotal, ReservationSubject, UnknownEntry } from './ledger.ts';

type Db = OpenDatabase['db'];

/** A reserved entry that nobody renewed for so long belongs to a process that died. */
export const staleMs = 90_000;
/** How long a settled entry that was unknown before stays to be looked up. */
const settledKeptMs = 90 * 24 * 3600_000;

export interface NewReservation {
  id: string;
  day: string;
  /** Nano-USD, as everything here. */
  amount: number;
  limit: number;
  subject: ReservationSubject;
}

/** How an entry ends: at an amount, or unknown. */
export type Ending =
  | { id: string; settled: number }
  | { id: string; unknown: string; providerRef: string | null };

/** A day of which the entries were lost. */
export interface LostDay {
  id: string;
  day: string;
  /** All of the day's limit, which may be spent. */
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

/** Locks the day's row, so that what is summed after it has seen every reservation made before (READ COMMITTED is enough). */
async function lockDay(trx: Db, day: string): Promise<number> {
  const { spent } = await trx
    .insertInto('ledger_days')
    .values({ day, spent: 0 })
    .onConflict((c) => c.column('day').doUpdateSet(({ ref }) => ({ spent: ref('ledger_days.spent') })))
    .returning('spent')
    .executeTakeFirstOrThrow();
  return Number(spent);
}

/** What is open on a day: bounds of calls under way, and of those that ended unknown. */
async function openOn(db: Db, { sql }: OpenDatabase, day: string, now: number) {
  const { rows } = await sql<{ live: number | string; lost: number | string }>`select
      coalesce(sum(case when state = 'reserved' and expires_at > ${now} then amount else 0 end), 0) as live,
      coalesce(sum(case when state = 'reserved' and expires_at > ${now} then 0 else amount end), 0) as lost
    from ledger_reservations where day = ${day} and state in ('reserved', 'unknown')`.execute(db);
  return { reserved: Number(rows[0]?.live ?? 0), unknown: Number(rows[0]?.lost ?? 0) };
}

/** Adds settled amounts to their days, in the order of the days, so that two machines never wait for each other. */
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

/** An ending whose entry is gone was written before, by a try whose answer was lost. */
async function endEntries(trx: Db, endings: readonly Ending[]): Promise<void> {
  const settled = new Map(endings.flatMap((e) => ('settled' in e ? [[e.id, e.settled] as const] : [])));
  if (settled.size) {
    const gone = await trx
      .deleteFrom('ledger_reservations')
      .where('id', 'in', [...settled.keys()])
      .where('state', '=', 'reserved')
      .returning(['id', 'day'])
      .execute();
    const days = new Map<string, number>();
    for (const { id, day } of gone) days.set(day, (days.get(day) ?? 0) + (settled.get(id) ?? 0));
    await addToDays(trx, days);
  }
  for (const ending of endings)
    if ('unknown' in ending)
      await trx
        .updateTable('ledger_reservations')
        .set({ state: 'unknown', reason: ending.unknown, provider_ref: ending.providerRef })
        .where('id', '=', ending.id)
        .where('state', '=', 'reserved')
        .execute();
}

/**
 * Writes what ended and reserves what is asked for, in one transaction. Reservations of one day are judged in their
 * order, each after those granted before it.
 */
export async function writeLedger(
  open: OpenDatabase,
  { lost, endings, wanted, now }: LedgerWrite,
): Promise<Verdict[]> {
  return open.db.transaction().execute(async (trx) => {
    if (lost) await noteLostDay(trx, lost, now);
    if (endings.length) await endEntries(trx, endings);
    const verdicts: Verdict[] = [];
    const granted: NewReservation[] = [];
    for (const day of [...new Set(wanted.map((one) => one.day))].sort()) {
      const spent = await lockDay(trx, day);
      const total = { spent, ...(await openOn(trx, open, day, now)) };
      for (const one of wanted.filter((other) => other.day === day)) {
        const fits = total.spent + total.unknown + total.reserved + one.amount <= one.limit;
        if (fits) {
          total.reserved += one.amount;
          granted.push(one);
        }
        verdicts.push({ id: one.id, granted: fits, ...total });
      }
    }
    if (granted.length)
      await trx
        .insertInto('ledger_reservations')
        .values(granted.map((one) => rowOf(one, now)))
        .execute();
    return verdicts;
  });
}

async function noteLostDay(trx: Db, { id, day, amount }: LostDay, now: number): Promise<void> {
  const subject = { provider: null, model: null, module: null, requestId: null };
  const reason = 'the ledger was damaged or removed, and begun anew: what was spent on this day is not known';
  await trx
    .insertInto('ledger_reservations')
    .values({ ...rowOf({ id, day, amount, limit: amount, subject }, now), state: 'unknown', reason })
    // Written before, by a try whose answer was lost.
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

/** Entries that count at their bound because nobody knows better, the newest first. */
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
    reason: row.reason ?? 'the process that sent it ended before the reply was complete',
    providerRef: row.provider_ref,
  }));
}

/** True where the entry was unknown and the amount within its bound. */
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

/** Keeps the entries of calls that take long, and removes settled ones that nobody looks up any more. */
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
