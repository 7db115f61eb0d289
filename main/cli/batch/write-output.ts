import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { unwritable, whileHeld } from '../../core/lib/files/replace-file.ts';
import { finished } from 'node:stream/promises';
import type { Journal } from './journal.ts';
import { unknownOutcomeRow } from './outcome.ts';
import { keyedLines } from './estimate.ts';

export interface Totals {
  ok: number;
  failed: number;
  /** May have been billed. */
  unknown: number;
  /** Not sent, because the run ended earlier. */
  missing: number;
}

/** Writes the row of every line from the journal, in the order of the input. The file is replaced atomically. */
export async function writeOutput(
  journal: Journal,
  input: string,
  output: string,
  encoding: string | undefined,
): Promise<Totals> {
  const totals: Totals = { ok: 0, failed: 0, unknown: 0, missing: 0 };
  const part = `${output}.part`;
  const stream = createWriteStream(part);
  for await (const line of keyedLines(input, encoding)) {
    const position = journal.positions.get(line.key);
    if (!position) {
      totals.missing++;
      continue;
    }
    const about = { line: line.n, ...(line.id === undefined ? {} : { id: line.id }) };
    const outcome = position.state === 'sent' ? undefined : await journal.row(position);
    // A line may have moved in the file since it was sent, so its current number is used.
    const row: Record<string, unknown> = { ...about, ...(outcome ?? unknownOutcomeRow), ...about };
    if (row['ok']) totals.ok++;
    else if (position.state === 'sent' || position.state === 'unknown') totals.unknown++;
    else totals.failed++;
    if (!stream.write(`${JSON.stringify(row)}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
  const file = await open(part, 'r+');
  await file.sync();
  await file.close();
  // On Windows, another program may have the old file open. The new file then stays beside it, as `.part`.
  await whileHeld(() => rename(part, output)).catch((error: unknown) => {
    throw unwritable(output, error);
  });
  return totals;
}
