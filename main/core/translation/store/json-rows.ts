import type { RawBuilder } from 'kysely';
import type { OpenDatabase } from '../../database/open-database.ts';
import type { Tables } from '../../database/tables.ts';

/** Rows as one parameter: a table expression called `given` with these columns. */
export function rowsParameter<T extends keyof Tables>(
  { rowsOf }: OpenDatabase,
  table: T,
  columns: readonly (keyof Tables[T] & string)[],
  rows: readonly Partial<Tables[T]>[],
): RawBuilder<unknown> {
  return rowsOf(JSON.stringify(rows), table, columns);
}

/** Column names, commas between. */
export function names({ sql }: OpenDatabase, columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(columns.map((name) => sql.ref(name)));
}

/** Pieces of a list, so that no statement grows without a bound. */
export function* chunks<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}
