import { chunk } from 'es-toolkit';
import { sql } from 'kysely';
import type { CallQuery } from '../../../contract/call-log.ts';
import { keyAt } from './call-key.ts';
import type { Entry } from './memory-calls.ts';
import type { OpenDatabase } from '../database/open-database.ts';
import type { CallRow, DayRow } from '../database/tables.ts';
import { daysOf, latenciesOf, type Latencies } from './spend.ts';

/** A search for text looks at so many calls for one page, however few it finds. */
export const searchedAtOnce = 5000;
const timedCalls = 1000;
const dayMs = 86_400_000;
/** A database takes some ten thousand values in one statement, and a call has 35. */
const rowsAtOnce = 200;

/** Writes calls, bodies and the day's sums, all or nothing; calls that are there already change nothing. */
export async function insertCalls({ db }: OpenDatabase, entries: readonly Entry[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const added: CallRow[] = [];
    for (const some of chunk(entries, rowsAtOnce)) {
      const inserted = await trx
        .insertInto('calls')
        .values(some.map((entry) => entry.row))
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning('id')
        .execute();
      const ids = new Set(inserted.map((row) => row.id));
      const fresh = some.filter((entry) => ids.has(entry.row.id));
      added.push(...fresh.map((entry) => entry.row));
      const bodies = fresh.flatMap((entry) => entry.bodies ?? []);
      if (bodies.length > 0) await trx.insertInto('call_bodies').values(bodies).execute();
    }
    const days = daysOf(added);
    if (days.length === 0) return;
    await trx
      .insertInto('call_days')
      .values(days)
      .onConflict((conflict) =>
        conflict.columns(['day', 'provider']).doUpdateSet(({ ref }) => ({
          calls: sql<number>`${ref('call_days.calls')} + ${ref('excluded.calls')}`,
          failed: sql<number>`${ref('call_days.failed')} + ${ref('excluded.failed')}`,
          usd: sql<number>`${ref('call_days.usd')} + ${ref('excluded.usd')}`,
        })),
      )
      .execute();
  });
}

/** Calls that pass every filter but the text, newest first. */
function filtered({ db }: OpenDatabase, query: CallQuery) {
  const { before, provider, module, model, status, mode, ok, day } = query;
  const start = day === undefined ? undefined : Date.parse(day);
  return (
    db
      .selectFrom('calls')
      .$if(before !== undefined, (q) => q.where('id', '<', before as string))
      .$if(provider !== undefined, (q) => q.where('provider', '=', provider as string))
      .$if(module !== undefined, (q) => q.where('module', '=', module as string))
      .$if(model !== undefined, (q) => q.where('model', '=', model as string))
      .$if(status !== undefined, (q) => q.where('status', '=', status as number))
      .$if(mode !== undefined, (q) => q.where('mode', '=', mode as CallRow['mode']))
      .$if(ok === true, (q) => q.where('ok', '=', 1))
      // Who cancels a call has not seen it fail.
      .$if(ok === false, (q) => q.where('ok', '=', ({ lit }) => lit(0)).where('code', '!=', 'cancelled'))
      .$if(start !== undefined, (q) =>
        q.where('id', '>=', keyAt(start as number)).where('id', '<', keyAt((start as number) + dayMs)),
      )
      .orderBy('id', 'desc')
  );
}

/** One page; `goOn` is where a search for text stopped looking, null when it saw everything or filled the page. */
export async function listCalls(
  open: OpenDatabase,
  query: CallQuery,
): Promise<{ rows: CallRow[]; goOn: string | null }> {
  const { text, limit } = query;
  if (text === undefined)
    return { rows: await filtered(open, query).selectAll().limit(limit).execute(), goOn: null };
  const pattern = `%${text.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
  const last = await filtered(open, query)
    .select('id')
    .limit(1)
    .offset(searchedAtOnce - 1)
    .executeTakeFirst();
  const rows = await filtered(open, query)
    .selectAll()
    .$if(last !== undefined, (q) => q.where('id', '>=', last?.id ?? ''))
    .where(sql<boolean>`search like ${pattern} escape '!'`)
    .limit(limit)
    .execute();
  return { rows, goOn: rows.length < limit ? (last?.id ?? null) : null };
}

export async function getCall({ db }: OpenDatabase, id: string): Promise<Entry | null> {
  const row = await db.selectFrom('calls').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return null;
  const bodies = await db.selectFrom('call_bodies').selectAll().where('id', '=', id).executeTakeFirst();
  return { row, bodies: bodies ?? null };
}

/** @param from first day, `YYYY-MM-DD` */
export async function spendSince(
  { db }: OpenDatabase,
  from: string,
): Promise<{ days: DayRow[]; latencies: Latencies[] }> {
  const days = await db.selectFrom('call_days').selectAll().where('day', '>=', from).execute();
  const since = keyAt(Date.parse(from));
  const latencies: Latencies[] = [];
  for (const provider of new Set(days.map((day) => day.provider))) {
    const rows = await db
      .selectFrom('calls')
      .select(['provider', 'total_ms', 'first_token_ms', 'mode', 'ok'])
      .where('provider', '=', provider)
      .where('mode', '=', 'live')
      .where('ok', '=', 1)
      .where('id', '>=', since)
      .orderBy('id', 'desc')
      .limit(timedCalls)
      .execute();
    latencies.push(...latenciesOf(rows));
  }
  return { days, latencies };
}
