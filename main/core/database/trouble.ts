/**
 * How to handle a database failure: `damaged` files are replaced, `refused` is a statement that can never
 * succeed, anything else (locked, full, read-only, unreachable) may be temporary.
 */
export type Trouble = 'damaged' | 'refused' | 'down';

/** https://www.sqlite.org/rescode.html */
const sqliteDamaged = /^SQLITE_(CORRUPT|NOTADB)/;
const sqliteRefused = /^SQLITE_(ERROR|CONSTRAINT|MISMATCH|TOOBIG|RANGE)/;
/**
 * https://www.postgresql.org/docs/current/errcodes-appendix.html: data exceptions, constraints, syntax; not
 * 42501 (permissions).
 */
const postgresRefused = /^(22|23|42(?!501))[0-9A-Z]+$/;

export function troubleOf(error: unknown): Trouble {
  if (error instanceof TypeError) return 'refused';
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string') return 'down';
  if (sqliteDamaged.test(code)) return 'damaged';
  if (sqliteRefused.test(code) || (code.length === 5 && postgresRefused.test(code))) return 'refused';
  return 'down';
}

/** The database cannot be used now; the operation was not done. */
export class DatabaseDown extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'DatabaseDown';
  }
}
