import type { CallIndex, CallIndexQuery } from '../../../contract/call-log.ts';
import type { OpenDatabase } from '../database/open-database.ts';
import type { CallRow } from '../database/tables.ts';
import { keyAt } from './call-key.ts';
import { inOrder, searched } from './call-queries.ts';

/** A plan belongs to the first live call with the same bytes that follows within this time. */
const foldMs = 10 * 60_000;

const compared = ['id', 'at', 'mode', 'sha256', 'provider', 'model', 'module'] as const;
/** What is compared to find the call that a plan was made for. */
type Compared = Pick<CallRow, (typeof compared)[number]>;

/** The ids of a page, and the plans and live calls that may belong together. */
export interface IndexPage {
  ids: readonly string[];
  requests: readonly Compared[];
}

/** One page of ids in the order of the query. */
export async function readIndex(open: OpenDatabase, query: CallIndexQuery): Promise<IndexPage> {
  const rows = await inOrder(open, query).select(['id', 'at']).execute();
  const [first, last] = [rows[0], rows.at(-1)];
  if (query.sort !== undefined || !first || !last) return { ids: rows.map(({ id }) => id), requests: [] };
  const { before: _before, offset: _offset, ...filter } = query;
  // The call of the newest plans may be on the page before.
  const near = searched(open, filter)
    .where('id', '>=', last.id)
    .where('id', '<=', keyAt(Number(first.at) + foldMs));
  const requests = await near
    .select(compared)
    .where('mode', 'in', ['dry', 'live'])
    .where('sha256', 'in', near.select('sha256').where('mode', '=', 'dry').where('sha256', 'is not', null))
    .execute();
  return { ids: rows.map(({ id }) => id), requests };
}

/**
 * Merges a page of the database with calls that are still in memory.
 * @param stored undefined while the database cannot be read
 */
export function mergeIndex(
  { limit, sort }: CallIndexQuery,
  waiting: readonly CallRow[],
  stored: IndexPage | undefined,
): CallIndex {
  const inMemory = waiting.map(({ id }) => id);
  const nextOf = (ids: readonly string[]) => (ids.length === limit ? (ids.at(-1) ?? null) : null);
  if (sort !== undefined) {
    const ids = [...(stored?.ids ?? inMemory)];
    return { ids, plans: {}, next: nextOf(ids) };
  }
  const newestFirst = [...new Set([...inMemory, ...(stored?.ids ?? [])])].sort((a, b) => (a < b ? 1 : -1));
  const ids = newestFirst.slice(0, limit);
  const plans = plansByCall([...waiting, ...(stored?.requests ?? [])]);
  const folded = new Set([...plans.values()].flat());
  return {
    ids: ids.filter((id) => !folded.has(id)),
    plans: Object.fromEntries(plans),
    next: nextOf(ids),
  };
}

/** Identifies requests with the same bytes, for the same model and module. */
const requestOf = ({ sha256, provider, model, module }: Compared) =>
  `${sha256} ${provider} ${model} ${module}`;

/** The ids of the plans of each live call, newest first, by the call's id. */
function plansByCall(rows: readonly Compared[]): Map<string, string[]> {
  const plans = new Map<string, string[]>();
  const followers = new Map<string, Compared>();
  // From the newest to the oldest: the live call seen last is the first one that follows a plan.
  for (const row of [...rows].sort((a, b) => (a.id < b.id ? 1 : -1))) {
    if (row.sha256 === null) continue;
    if (row.mode === 'live') followers.set(requestOf(row), row);
    if (row.mode !== 'dry') continue;
    const call = followers.get(requestOf(row));
    if (!call || Number(call.at) - Number(row.at) > foldMs) continue;
    const same = plans.get(call.id);
    if (same) same.push(row.id);
    else plans.set(call.id, [row.id]);
  }
  return plans;
}
