import type { OpenDatabase } from '../database/open-database.ts';
import { nanoUsd, type LastingEnd, type UnknownReason } from './ledger.ts';
import { reasonColumns } from './unknown-reason.ts';

/** The database, or a transaction in it. */
type Trx = OpenDatabase['db'];

/** The outcome of one request of a batch. Amounts in USD. */
export interface BatchPart {
  /** The batch's entry in the ledger. */
  entry: string;
  /** USD reserved for this request. */
  bound: number;
  usd: number;
}

/**
 * Settles one request of a batch's entry, in the same transaction that records the request's outcome, so it
 * counts once even if the process is killed repeatedly. An entry that the user settled by hand meanwhile
 * stays unchanged.
 */
export async function settleBatchPart(
  { sql }: OpenDatabase,
  trx: Trx,
  { entry, bound, usd }: BatchPart,
): Promise<void> {
  const { rows } = await sql<{ day: string }>`update ledger_reservations
    set amount = case when amount > ${nanoUsd(bound)} then amount - ${nanoUsd(bound)} else 0 end
    where id = ${entry} and state in ('reserved', 'unknown') returning day`.execute(trx);
  const [found] = rows;
  if (!found || usd <= 0) return;
  await sql`insert into ledger_days (day, spent) values (${found.day}, ${nanoUsd(usd)})
    on conflict (day) do update set spent = ledger_days.spent + excluded.spent`.execute(trx);
}

/** Removes a batch's entry from the ledger, when all its requests are settled or none was ever submitted. */
export async function removeBatchEntry({ sql }: OpenDatabase, trx: Trx, entry: string): Promise<void> {
  await sql`delete from ledger_reservations where id = ${entry} and state in ('reserved', 'unknown')`.execute(
    trx,
  );
}

/** Marks the rest of a batch's entry as spent until it is settled by hand. */
export async function markBatchUnknown(
  { sql }: OpenDatabase,
  trx: Trx,
  entry: string,
  reason: UnknownReason,
  providerRef: string | null,
): Promise<void> {
  const { reason: text, reason_detail: detail } = reasonColumns(reason);
  await sql`update ledger_reservations
    set state = 'unknown', reason = ${text}, reason_detail = ${detail}, provider_ref = ${providerRef}
    where id = ${entry} and state = 'reserved'`.execute(trx);
}

/** Reopens the entry of a batch that was unknown and has been found at its provider. */
export async function reopenBatchEntry(
  { sql }: OpenDatabase,
  trx: Trx,
  entry: string,
  expiresAt: number,
): Promise<void> {
  await sql`update ledger_reservations set state = 'reserved', reason = null, reason_detail = null, expires_at = ${expiresAt}
    where id = ${entry} and state = 'unknown'`.execute(trx);
}

/**
 * Closes a batch's entry at once: its cost is added to its day, and the unknown part stays open. Repeating
 * this changes nothing.
 */
export function endBatchEntry({ db, sql }: OpenDatabase, entry: string, end: LastingEnd): Promise<void> {
  const { actual, unknown } = end;
  return db.transaction().execute(async (trx) => {
    const open = sql`id = ${entry} and state in ('reserved', 'unknown') and settled is null`;
    const { rows } = await (
      unknown
        ? sql<{ day: string }>`update ledger_reservations set state = 'unknown', amount = ${unknown.amount},
            settled = ${actual}, reason = ${unknown.reason.message},
            reason_detail = ${reasonColumns(unknown.reason).reason_detail}, provider_ref = ${unknown.providerRef}
            where ${open} returning day`
        : sql<{ day: string }>`delete from ledger_reservations where ${open} returning day`
    ).execute(trx);
    const [found] = rows;
    if (!found || actual <= 0) return;
    await sql`insert into ledger_days (day, spent) values (${found.day}, ${actual})
      on conflict (day) do update set spent = ledger_days.spent + excluded.spent`.execute(trx);
  });
}
