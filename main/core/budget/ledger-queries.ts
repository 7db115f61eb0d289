import type { OpenDatabase } from '../database/open-database.ts';

/** A reservation that nobody renews for so long was a server's that died. */
export const staleMs = 15 * 60_000;
/** It is kept for a day after that, so that a late settlement is told from one that was made before. */
const keptMs = 24 * 3600_000;

export interface Wish {
  id: string;
  day: string;
  /** Nano-USD, as everything here. */
  amount: number;
  limit: number;
  now: number;
}

/** What is owed to the ledger: `id` null where the reservation was never in it. */
export interface Debt {
  id: string | null;
  day: string;
  actual: number;
}

async function reservedOn(
  { sql }: OpenDatabase,
  db: OpenDatabase['db'],
  day: string,
  now: number,
): Promise<number> {
  const { rows } = await sql<{ total: number | string }>`select coalesce(sum(amount), 0) as total
    from ledger_reservations where day = ${day} and expires_at > ${now}`.execute(db);
  return Number(rows[0]?.total ?? 0);
}

/**
 * Sets aside what was wished where the limit allows it. The day's row is locked by the first statement, so that the
 * sum after it has seen every reservation that was made before, on this machine or another (READ COMMITTED is enough).
 */
export async function reserveIn(
  open: OpenDatabase,
  wish: Wish,
): Promise<{ granted: boolean; spent: number; reserved: number }> {
  const { id, day, amount, limit, now } = wish;
  return open.db.transaction().execute(async (trx) => {
    const { spent } = await trx
      .insertInto('ledger_days')
      .values({ day, spent: 0 })
      .onConflict((c) => c.column('day').doUpdateSet(({ ref }) => ({ spent: ref('ledger_days.spent') })))
      .returning('spent')
      .executeTakeFirstOrThrow();
    const reserved = await reservedOn(open, trx, day, now);
    if (spent + reserved + amount > limit) return { granted: false, spent, reserved };
    await trx
      .insertInto('ledger_reservations')
      .values({ id, day, amount, expires_at: now + staleMs })
      .execute();
    return { granted: true, spent, reserved: reserved + amount };
  });
}

/** Settles, all or nothing. A reservation that is no longer there was settled before, by a try whose answer was lost. */
export async function settleIn({ db }: OpenDatabase, debts: readonly Debt[]): Promise<void> {
  const ids = debts.flatMap((debt) => debt.id ?? []);
  await db.transaction().execute(async (trx) => {
    const found = ids.length
      ? await trx.deleteFrom('ledger_reservations').where('id', 'in', ids).returning('id').execute()
      : [];
    const open = new Set(found.map((row) => row.id));
    const days = new Map<string, number>();
    for (const { id, day, actual } of debts)
      if (id === null || open.has(id)) days.set(day, (days.get(day) ?? 0) + actual);
    for (const [day, spent] of [...days].sort()) {
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
  });
}

export async function totalOf(
  open: OpenDatabase,
  day: string,
  now: number,
): Promise<{ spent: number; reserved: number }> {
  const row = await open.db
    .selectFrom('ledger_days')
    .select('spent')
    .where('day', '=', day)
    .executeTakeFirst();
  return { spent: row?.spent ?? 0, reserved: await reservedOn(open, open.db, day, now) };
}

/** Keeps the reservations of calls that take long, and lets go of those nobody will ever settle. */
export async function renewIn({ db }: OpenDatabase, ids: readonly string[], now: number): Promise<void> {
  await db
    .updateTable('ledger_reservations')
    .set({ expires_at: now + staleMs })
    .where('id', 'in', ids)
    .execute();
  await db
    .deleteFrom('ledger_reservations')
    .where('expires_at', '<', now - keptMs)
    .execute();
}
