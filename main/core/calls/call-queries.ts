import type { RawBuilder } from 'kysely';
import type { CallQuery } from '../../../contract/call-log.ts';
import { keyAt } from './call-key.ts';
import type { CallPack } from './call-pack.ts';
import type { NewRows, OpenDatabase } from '../database/open-database.ts';
import { callColumns, type BodyRow, type CallRow, type DayRow } from '../database/tables.ts';
import { addDays, daysOf, latenciesOf, type Latencies } from './spend.ts';

const bodyColumns = ['id', 'messages', 'reply', 'cut', 'request'] as const;
const dayColumns = ['day', 'provider', 'calls', 'failed', 'usd'] as const;
/** A search for text looks at so many calls for one page, however few it finds. */
export const searchedAtOnce = 5000;
const timedCalls = 1000;
const dayMs = 86_400_000;

const bodiesText = (bodies: readonly BodyRow[]) =>
  Buffer.from(JSON.stringify(bodies.map((one) => bodyColumns.map((name) => one[name]))).slice(1, -1));

/** The statement that adds this to the days' sums; null where there is nothing. */
function addToDays({ sql, rowsOf }: OpenDatabase, days: readonly DayRow[]): RawBuilder<unknown> | null {
  if (!days.length) return null;
  const names = sql.join(dayColumns.map((name) => sql.ref(name)));
  const sums = rowsOf(JSON.stringify(days), 'call_days', dayColumns);
  return sql`insert into call_days (${names}) select ${names} from ${sums} where true
      on conflict (day, provider) do update set calls = call_days.calls + excluded.calls,
        failed = call_days.failed + excluded.failed, usd = call_days.usd + excluded.usd`;
}

/** Writes calls, bodies and the day's sums, all or nothing; calls that are there already change nothing. */
export async function insertCalls(open: OpenDatabase, packs: readonly CallPack[]): Promise<void> {
  const bodies = packs.flatMap((pack) => pack.bodies);
  const calls: NewRows = { table: 'calls', columns: callColumns, values: packs.map((pack) => pack.text) };
  const said: NewRows = {
    table: 'call_bodies',
    columns: bodyColumns,
    values: [bodiesText(bodies)],
  };
  const days = packs.map((pack) => pack.days).reduce(addDays, []);
  if (await open.writeNew?.([calls, ...(bodies.length ? [said] : [])], addToDays(open, days))) return;
  await open.db.transaction().execute(async (trx) => {
    const added = new Set(await open.addNew(trx, calls));
    if (bodies.length) await open.addNew(trx, said);
    const rows = packs.flatMap((pack) => pack.rows).filter((row) => added.has(row.id));
    await addToDays(open, daysOf(rows))?.execute(trx);
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
  const { sql } = open;
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

export async function getCall(
  { db }: OpenDatabase,
  id: string,
): Promise<{ row: CallRow; bodies: BodyRow | null } | null> {
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
