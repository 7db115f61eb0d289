import { callColumns, type BodyRow, type CallRow, type DayRow } from '../database/tables.ts';
import { keepBytes } from './pack-buffers.ts';
import { daysOf } from './spend.ts';

/** A finished call on its way to the database. */
export interface Entry {
  readonly row: CallRow;
  readonly bodies: BodyRow | null;
}

/** Rows as JSON, each an array of its values, commas between. `rowOf` writes a row in the order of the columns. */
const textOf = (rows: readonly CallRow[]) =>
  JSON.stringify(rows.map((row) => Object.values(row))).slice(1, -1);

/**
 * Finished calls that wait for the database, their rows as one text: as objects they outlive V8's short collections,
 * which then move them; a text of a hundred rows costs next to nothing, so more of them can wait for one transaction.
 */
export class CallPack {
  readonly size: number;
  readonly text: Buffer;
  /** What these calls add to their days' sums. */
  readonly days: DayRow[];
  bodies: readonly BodyRow[];

  constructor(entries: readonly Entry[]) {
    const rows = entries.map((entry) => entry.row);
    this.size = rows.length;
    this.text = keepBytes(textOf(rows));
    this.days = daysOf(rows);
    this.bodies = entries.flatMap((entry) => entry.bodies ?? []);
  }

  /** The rows, read anew at each asking. */
  get rows(): CallRow[] {
    const all = JSON.parse(`[${this.text.toString()}]`) as unknown[][];
    return all.map(
      (row) => Object.fromEntries(callColumns.map((name, i) => [name, row[i]])) as unknown as CallRow,
    );
  }
}
