import type { RawBuilder } from 'kysely';
import type { OpenDatabase } from '../../database/open-database.ts';
import type { Tables } from '../../database/tables.ts';

/** Passes rows as one JSON parameter; returns a table expression named `given` with these columns. */
export function rowsParameter<T extends keyof Tables>(
  { rowsOf }: OpenDatabase,
  table: T,
  columns: readonly (keyof Tables[T] & string)[],
  rows: readonly Partial<Tables[T]>[],
): RawBuilder<unknown> {
  return rowsOf(JSON.stringify(rows), table, columns);
}

/** Column names, separated by commas. */
export function columnList({ sql }: OpenDatabase, columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(columns.map((name) => sql.ref(name)));
}

/** Splits a list into chunks, to limit the size of statements. */
export function* chunks<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}
