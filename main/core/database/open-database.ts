import type { Kysely, RawBuilder, Sql } from 'kysely';
import type { Tables } from './tables.ts';

export type DatabaseKind = 'sqlite' | 'postgres';

/** SQL with `?` for each parameter, for either database. */
export interface Statement {
  sql: string;
  parameters: readonly (string | number | null)[];
}

/**
 * A connected, fully migrated database. This file does not load Kysely; the code that opens the database
 * does.
 */
export interface OpenDatabase {
  kind: DatabaseKind;
  db: Kysely<Tables>;
  /** Kysely's tag for raw SQL. */
  sql: Sql;
  /** A table expression over a JSON text of rows. */
  rowsOf(json: string, table: keyof Tables, columns: readonly string[]): RawBuilder<unknown>;
  /**
   * Runs statements in one transaction and returns the rows of each. In SQLite this is one message to the
   * database's thread, while a Kysely transaction takes one per step.
   */
  inTransaction(statements: readonly Statement[]): Promise<Record<string, unknown>[][]>;
  /** @throws Error if a newer version has changed the tables since they were opened */
  requireSameVersion(): Promise<void>;
  close(): Promise<void>;
  /** Closes it at once, without waiting for work in progress. */
  abandon(): Promise<void>;
}
