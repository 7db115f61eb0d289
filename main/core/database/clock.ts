import type { RawBuilder } from 'kysely';
import type { OpenDatabase } from './open-database.ts';

/**
 * Milliseconds since 1970 by the database's clock, because the clocks of machines that share it may differ.
 */
export function databaseClock({ kind, sql }: OpenDatabase): RawBuilder<number> {
  return kind === 'postgres'
    ? sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`
    : sql<number>`cast(unixepoch('subsec') * 1000 as integer)`;
}
