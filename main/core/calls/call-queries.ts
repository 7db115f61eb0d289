import type { RawBuilder } from 'kysely';
import type { CallFilterQuery, CallQuery, CallTotals } from '../../../contract/call-log.ts';
import { keyAt } from './call-key.ts';
import type { CallPack } from './call-pack.ts';
import type { NewRows, OpenDatabase } from '../database/open-database.ts';
import { callColumns, type BodyRow, type CallRow, type DayRow } from '../database/tables.ts';
import { addDays, daysOf, latenciesOf, type Latencies } from './spend.ts';

const bodyColumns = ['id', 'messages', 'reply', 'cut', 'request', 'preview'] as const;
const dayColumns = ['day', 'provider', 'calls', 'failed', 'usd'] as const;
/** A search for text looks at so many calls for one page, however few it finds. */
export const searchedAtOnce = 5000;
const timedCalls = 1000;
const dayMs = 86_400_000;

const bodiesText = (bodies: readonly BodyRow[]) =>
  Buffer.from(JSON.stringify(bodies.map((one) => bodyColumns.map((name) => one[name] ?? null))).slice(1, -1));

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

/** Calls that pass every filter but the text. */
function matching({ db }: OpenDatabase, query: Omit<CallQuery, 'limit'>) {
  const { before, provider, module, model, status, mode, ok, day, since, until } = query;
  const [first, last] = day === undefined ? [since, until] : [day, day];
  return db
    .selectFrom('calls')
    .$if(before !== undefined, (q) => q.where('id', '<', before as string))
    .$if(provider !== undefined, (q) => q.where('provider', '=', provider as string))
    .$if(module !== undefined, (q) => q.where('module', '=', module as string))
    .$if(model !== undefined, (q) => q.where('model', '=', model as string))
    .$if(status !== undefined, (q) => q.where('status', '=', status as number))
    .$if(mode !== undefined, (q) => q.where('mode', '=', mode as CallRow['mode']))
    .$if(ok === true, (q) => q.where('ok', '=', 1))
    .$if(ok === false, (q) => q.where('ok', '=', ({ lit }) => lit(0)))
    .$if(first !== undefined, (q) => q.where('id', '>=', keyAt(Date.parse(first as string))))
    .$if(last !== undefined, (q) => q.where('id', '<', keyAt(Date.parse(last as string) + dayMs)));
}

/** The same, newest first. */
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

/** A page in another order than time: calls without the value last, the newest first among equals. */
async function sortedCalls(open: OpenDatabase, query: CallQuery, by: NonNullable<CallQuery['sort']>) {
  const { sql } = open;
  const column = sortColumns[by];
  const { text, limit, order = 'asc', offset = 0 } = query;
  const rows = await matching(open, query)
    .selectAll()
    .$if(text !== undefined, (q) =>
      q.where(sql<boolean>`search like ${patternOf(text as string)} escape '!'`),
    )
    .orderBy(sql`${sql.ref(column)} is null`)
    .orderBy(column, order)
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  return { rows, goOn: null };
}

/** The previews of these calls, by id, where messages are kept. */
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

/** Sums over all calls that pass the filter. */
export async function totalsOf(open: OpenDatabase, query: CallFilterQuery): Promise<CallTotals> {
  const { sql } = open;
  const { text } = query;
  const live = sql`mode = 'live'`;
  const found = await matching(open, query)
    .$if(text !== undefined, (q) =>
      q.where(sql<boolean>`search like ${patternOf(text as string)} escape '!'`),
    )
    .select([
      sql<number>`count(*)`.as('calls'),
      sql<number>`sum(case when ${live} then 1 else 0 end)`.as('live'),
      sql<number>`sum(case when ok = 0 then 1 else 0 end)`.as('failed'),
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

/** Takes calls out, with what was said in them. Returns how many there were. */
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

/** Live calls by day and module, and times by day and provider. @param from first day, `YYYY-MM-DD` */
export async function chartRows(open: OpenDatabase, from: string) {
  const { db, sql } = open;
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

/** One page; `goOn` is where a search for text stopped looking, null when it saw everything or filled the page. */
export async function listCalls(
  open: OpenDatabase,
  query: CallQuery,
): Promise<{ rows: CallRow[]; goOn: string | null }> {
  const { sql } = open;
  const { text, limit, sort } = query;
  if (sort !== undefined) return sortedCalls(open, query, sort);
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
