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

/** A cool-down that ended so long ago is of no use to anybody. */
const staleMs = 24 * 60 * 60_000;

/**
 * Which keys are not to be tried now, in the database, where every process and machine sees it. What cannot be written
 * is held in memory, counts all the same, and is written with the next question.
 */
export class KeyStates {
  readonly #parts: KeyStatesParts;
  /** As they were last read or written here, by fingerprint. */
  readonly #known = new Map<string, KeyStateRow>();
  /** Changes the database does not have yet; null takes a row away. */
  readonly #unwritten = new Map<string, KeyStateRow | null>();

  constructor(parts: KeyStatesParts) {
    this.#parts = parts;
  }

  /** The rows of these keys; without a database what is known here. Never rejects. */
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

  /** All that were seen here and are refused. */
  get setAside(): KeyStateRow[] {
    return [...this.#known.values()].filter(({ state }) => state === 'set_aside');
  }

  /** A later end of a cool-down counts; what was refused stays refused. Never rejects. */
  async put(row: KeyStateRow): Promise<void> {
    const before = this.#known.get(row.id);
    if (before && !replaces(row, before)) return;
    this.#known.set(row.id, row);
    this.#unwritten.set(row.id, row);
    await this.#write();
  }

  /** Whether there was anything to forget. Never rejects. */
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
    // What was changed again meanwhile waits for the next time.
    if (written)
      for (const [id, row] of changes) if (this.#unwritten.get(id) === row) this.#unwritten.delete(id);
  }

  /** Undefined where the database cannot be used: then memory has to do. */
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
