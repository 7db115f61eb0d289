import type { Kysely, RawBuilder, Sql } from 'kysely';
import type { Tables } from './tables.ts';

export type DatabaseKind = 'sqlite' | 'postgres';

/** SQL with `?` for each parameter, in either database. */
export interface Statement {
  sql: string;
  parameters: readonly (string | number | null)[];
}

/** A database that answers and has every table. Nothing here loads Kysely: it comes with what opened it. */
export interface OpenDatabase {
  kind: DatabaseKind;
  db: Kysely<Tables>;
  /** Kysely's tag for what its builder has no words for. */
  sql: Sql;
  /** A JSON text of rows as a table expression of their fields. */
  rowsOf(json: string, table: keyof Tables, columns: readonly string[]): RawBuilder<unknown>;
  /**
   * Statements in one transaction, in their order, and the rows of each. In SQLite it is one message to the database's
   * thread, where a transaction of Kysely's takes one for each step.
   */
  inTransaction(statements: readonly Statement[]): Promise<Record<string, unknown>[][]>;
  /** @throws Error where a newer version has changed the tables since they were opened */
  requireSameVersion(): Promise<void>;
  close(): Promise<void>;
  /** Gives it up as it is, without waiting for anything under way. */
  abandon(): Promise<void>;
}
