import type { Database } from '../database/database.ts';
import type { OpenDatabase } from '../database/open-database.ts';
import { DatabaseDown } from '../database/trouble.ts';
import type { KeyStateRow } from '../database/tables.ts';
import type { Log } from '../lib/log/log.ts';

export interface KeyStatesParts {
  database: Database;
  log: Log;
  now(): number;
}

/** A cool-down that ended this long ago is useless. */
const staleMs = 24 * 60 * 60_000;

/**
 * Which keys must not be tried now. Stored in the database, where every process and machine sees it. A state
 * that cannot be written is kept in memory, applies all the same, and is written with the next access.
 */
export class KeyStates {
  readonly #parts: KeyStatesParts;
  /** States as last read or written by this process, by fingerprint. */
  readonly #known = new Map<string, KeyStateRow>();
  /** Changes not yet in the database; null deletes a row. */
  readonly #unwritten = new Map<string, KeyStateRow | null>();

  constructor(parts: KeyStatesParts) {
    this.#parts = parts;
  }

  /** The rows of these keys; without a database, the ones known to this process. Never rejects. */
  async of(ids: readonly string[]): Promise<ReadonlyMap<string, KeyStateRow>> {
    await this.#write();
    const rows = await this.#use('read', ({ db }) =>
      db.selectFrom('key_states').selectAll().where('id', 'in', ids).execute(),
    );
    if (rows) {
      for (const id of ids) if (!this.#unwritten.has(id)) this.#known.delete(id);
      for (const row of rows) if (!this.#unwritten.has(row.id)) this.#known.set(row.id, row);
    }
    return new Map(ids.flatMap((id) => (this.#known.has(id) ? [[id, this.#known.get(id)!] as const] : [])));
  }

  /** All refused keys that this process has seen. */
  get setAside(): KeyStateRow[] {
    return [...this.#known.values()].filter(({ state }) => state === 'set_aside');
  }

  /** The later end of a cool-down wins, and a refused key stays refused. Never rejects. */
  async put(row: KeyStateRow): Promise<void> {
    const before = this.#known.get(row.id);
    if (before && !replaces(row, before)) return;
    this.#known.set(row.id, row);
    this.#unwritten.set(row.id, row);
    await this.#write();
  }

  /** Returns whether a state was removed. Never rejects. */
  async clear(id: string): Promise<boolean> {
    const was = this.#known.delete(id);
    this.#unwritten.set(id, null);
    await this.#write();
    return was;
  }

  async #write(): Promise<void> {
    if (this.#unwritten.size === 0) return;
    const changes = [...this.#unwritten];
    const stale = this.#parts.now() - staleMs;
    const written = await this.#use('write', async ({ db }) => {
      for (const [id, row] of changes) {
        if (row === null) {
          await db.deleteFrom('key_states').where('id', '=', id).execute();
          continue;
        }
        const { id: _id, ...values } = row;
        await db
          .insertInto('key_states')
          .values(row)
          .onConflict((conflict) =>
            conflict
              .column('id')
              .doUpdateSet(values)
              .where((where) =>
                row.state === 'set_aside'
                  ? where.lit(true)
                  : where.and([
                      where('key_states.state', '=', 'cooling'),
                      where('key_states.until', '<', row.until),
                    ]),
              ),
          )
          .execute();
      }
      await db.deleteFrom('key_states').where('state', '=', 'cooling').where('until', '<', stale).execute();
      return true;
    });
    // Rows that changed again meanwhile stay for the next write.
    if (written)
      for (const [id, row] of changes) if (this.#unwritten.get(id) === row) this.#unwritten.delete(id);
  }

  /** Undefined if the database cannot be used; memory is used instead. */
  async #use<T>(purpose: 'read' | 'write', work: (open: OpenDatabase) => Promise<T>): Promise<T | undefined> {
    try {
      return await this.#parts.database.use(purpose, work);
    } catch (error) {
      if (!(error instanceof DatabaseDown))
        this.#parts.log.error({ err: String(error) }, 'the states of keys could not be read or written');
      return undefined;
    }
  }
}

function replaces(row: KeyStateRow, before: KeyStateRow): boolean {
  if (row.state === 'set_aside') return true;
  return before.state === 'cooling' && (before.until ?? 0) < (row.until ?? 0);
}
