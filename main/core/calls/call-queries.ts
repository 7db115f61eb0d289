import { chunk } from 'es-toolkit';
import { sql } from 'kysely';
import type { CallFilterQuery, CallQuery, CallTotals } from '../../../contract/call-log.ts';
import { keyAt } from './call-key.ts';
import type { Entry } from './memory-calls.ts';
import type { OpenDatabase } from '../database/open-database.ts';
import type { CallRow, DayRow } from '../database/tables.ts';
import { daysOf, latenciesOf, type Latencies } from './spend.ts';

/** A text search examines at most this many calls per page, however few it finds. */
const searchedAtOnce = 5000;
const timedCalls = 1000;
const dayMs = 86_400_000;
/** A database accepts about ten thousand values per statement, and a call has 35. */
const rowsAtOnce = 200;

/** Writes calls, bodies and daily totals in one transaction; calls that already exist change nothing. */
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

/** Calls that pass every filter except text. */
export function matching({ db }: OpenDatabase, query: Omit<CallQuery, 'limit'>) {
  const { before, ids, provider, module, model, status, mode, ok, day, since, until } = query;
  const [first, last] = day === undefined ? [since, until] : [day, day];
  return (
    db
      .selectFrom('calls')
      .$if(before !== undefined, (q) => q.where('id', '<', before as string))
      .$if(ids !== undefined, (q) => q.where('id', 'in', ids as string[]))
      .$if(provider !== undefined, (q) => q.where('provider', '=', provider as string))
      .$if(module !== undefined, (q) => q.where('module', '=', module as string))
      .$if(model !== undefined, (q) => q.where('model', '=', model as string))
      .$if(status !== undefined, (q) => q.where('status', '=', status as number))
      .$if(mode !== undefined, (q) => q.where('mode', '=', mode as CallRow['mode']))
      .$if(ok === true, (q) => q.where('ok', '=', 1))
      // A cancelled call did not fail.
      .$if(ok === false, (q) => q.where('ok', '=', ({ lit }) => lit(0)).where('code', '!=', 'cancelled'))
      .$if(first !== undefined, (q) => q.where('id', '>=', keyAt(Date.parse(first as string))))
      .$if(last !== undefined, (q) => q.where('id', '<', keyAt(Date.parse(last as string) + dayMs)))
  );
}

/** As `matching`, newest first. */
const filtered = (open: OpenDatabase, query: Omit<CallQuery, 'limit'>) =>
  matching(open, query).orderBy('id', 'desc');

const sortColumns = {
  status: 'status',
  mode: 'mode',
  module: 'module',
  model: 'model',
  provider: 'provider',
  cost: 'cost',
  latency: 'total_ms',
  tokens: 'total_tokens',
  first_token: 'first_token_ms',
} as const satisfies Record<NonNullable<CallQuery['sort']>, keyof CallRow>;

const patternOf = (text: string) => `%${text.toLowerCase().replace(/[!%_]/g, '!$&')}%`;

/** Calls that pass every filter, text included; the text is looked for in every call. */
export function searched(open: OpenDatabase, query: Omit<CallQuery, 'limit'>) {
  const { text } = query;
  return matching(open, query).$if(text !== undefined, (q) =>
    q.where(sql<boolean>`search like ${patternOf(text as string)} escape '!'`),
  );
}

/**
 * As `searched`, in the order of the query: newest first, or by a value, calls without it last and newest first
 * among equals.
 */
export function inOrder(open: OpenDatabase, query: CallQuery) {
  const { sort, limit, order = 'asc', offset = 0 } = query;
  const column = sort === undefined ? undefined : sortColumns[sort];
  return searched(open, query)
    .$if(column !== undefined, (q) =>
      q.orderBy(sql`${sql.ref(column as string)} is null`).orderBy(column as keyof CallRow, order),
    )
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset);
}

/** The previews of these calls by id, if messages are stored. */
export async function previewsOf({ db }: OpenDatabase, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .selectFrom('call_bodies')
    .select(['id', 'preview'])
    .where('id', 'in', ids)
    .where('preview', 'is not', null)
    .execute();
  return new Map(found.map(({ id, preview }) => [id, preview ?? '']));
}

/** Totals over all calls that pass the filter. */
export async function totalsOf(open: OpenDatabase, query: CallFilterQuery): Promise<CallTotals> {
  const live = sql`mode = 'live'`;
  const found = await searched(open, query)
    .select([
      sql<number>`count(*)`.as('calls'),
      sql<number>`sum(case when ${live} then 1 else 0 end)`.as('live'),
      sql<number>`sum(case when ok = 0 and code <> 'cancelled' then 1 else 0 end)`.as('failed'),
      sql<number>`sum(total_tokens)`.as('total_tokens'),
      sql<number>`sum(cached_tokens)`.as('cached_tokens'),
      sql<number>`sum(case when ${live} then cost else 0 end)`.as('usd'),
      sql<number>`sum(case when ${live} and ok = 1 and cost is null then 1 else 0 end)`.as('unpriced'),
    ])
    .executeTakeFirst();
  const of = (name: keyof CallTotals) => Number(found?.[name] ?? 0);
  return {
    calls: of('calls'),
    live: of('live'),
    failed: of('failed'),
    total_tokens: of('total_tokens'),
    cached_tokens: of('cached_tokens'),
    usd: of('usd'),
    unpriced: of('unpriced'),
  };
}

/**
 * Deletes calls with their bodies.
 * @returns how many there were
 */
export async function deleteCalls({ db }: OpenDatabase, ids: readonly string[]): Promise<number> {
  return db.transaction().execute(async (trx) => {
    let deleted = 0;
    for (let at = 0; at < ids.length; at += 500) {
      const some = ids.slice(at, at + 500);
      await trx.deleteFrom('call_bodies').where('id', 'in', some).execute();
      const gone = await trx.deleteFrom('calls').where('id', 'in', some).executeTakeFirst();
      deleted += Number(gone.numDeletedRows);
    }
    return deleted;
  });
}

const chartedCalls = 20_000;

/**
 * Live calls by day and module, and latencies by day and provider.
 * @param from first day, `YYYY-MM-DD`
 */
export async function chartRows(open: OpenDatabase, from: string) {
  const { db } = open;
  const since = keyAt(Date.parse(from));
  const live = db.selectFrom('calls').where('id', '>=', since).where('mode', '=', 'live');
  const modules = await live
    .select([
      sql<number>`at / ${sql.lit(dayMs)}`.as('day'),
      'module',
      sql<number>`sum(coalesce(cost, 0))`.as('usd'),
      sql<number>`count(*)`.as('calls'),
      sql<number>`sum(coalesce(prompt_tokens, 0))`.as('prompt_tokens'),
      sql<number>`sum(coalesce(cached_tokens, 0))`.as('cached_tokens'),
    ])
    .groupBy(['day', 'module'])
    .execute();
  const times = await live
    .select(['at', 'provider', 'total_ms'])
    .where('ok', '=', 1)
    .where('provider', 'is not', null)
    .orderBy('id', 'desc')
    .limit(chartedCalls)
    .execute();
  return { modules, times };
}

/** One page. `goOn` is where a text search stopped; null if it saw every call or filled the page. */
export async function listCalls(
  open: OpenDatabase,
  query: CallQuery,
): Promise<{ rows: CallRow[]; goOn: string | null }> {
  const { text, limit, sort } = query;
  if (sort !== undefined) return { rows: await inOrder(open, query).selectAll().execute(), goOn: null };
  if (text === undefined)
    return { rows: await filtered(open, query).selectAll().limit(limit).execute(), goOn: null };
  const pattern = patternOf(text);
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
