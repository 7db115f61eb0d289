import { z } from 'zod';
import { checkResult } from '../../../../contract/pack-check.ts';
import { AppendFile } from '../../lib/files/append-file.ts';
import { Mutex } from '../../lib/mutex.ts';
import { readJsonLines } from '../sets/json-lines.ts';

const request = { contestant: z.string(), unit: z.string() };

const sentEntry = z.object({
  kind: z.literal('sent'),
  ...request,
  /** Maximum cost of the request in USD; null if unknown. */
  bound: z.number().nullable(),
});

/** The result of one unit from one contestant. */
const answerEntry = z.object({
  kind: z.literal('answer'),
  ...request,
  /** The parsed JSON, or the text if there is no schema; absent if the call failed. */
  reply: z.unknown().optional(),
  /** null: there is no schema. */
  schema_passed: z.boolean().nullable(),
  checks: z.array(checkResult),
  estimated_usd: z.number().nullable(),
  actual_usd: z.number().nullable(),
  latency_ms: z.number().nullable(),
  error: z.string().nullable(),
  message: z.string().nullable(),
  /** Whether the call was billed. */
  paid: z.enum(['no', 'yes', 'maybe']),
  /** USD that count as spent, with unknown costs at their bound. */
  spent_usd: z.number(),
  /** Hash of the exact bytes that were sent. */
  request_sha256: z.string(),
  at: z.string(),
});
export type AnswerEntry = z.infer<typeof answerEntry>;

const journalEntry = z.discriminatedUnion('kind', [
  sentEntry,
  answerEntry,
  /** The request was not sent, or failed without cost, and may be sent again. */
  z.object({ kind: z.literal('back'), ...request }),
]);
export type JournalEntry = z.infer<typeof journalEntry>;

/** The key of one request of a trial. */
export const requestKey = (contestant: string, unit: string): string => JSON.stringify([contestant, unit]);

/** A journal's content: the latest state of each request. */
export interface JournalState {
  answers: ReadonlyMap<string, AnswerEntry>;
  /** Sent without a recorded outcome, so they may have been billed. USD by request. */
  open: ReadonlyMap<string, number | null>;
  /** Total USD, with unknown costs at their bound. */
  spent: number;
}

/** Accumulates entries. */
export class JournalTotals implements JournalState {
  readonly answers = new Map<string, AnswerEntry>();
  readonly open = new Map<string, number | null>();
  #spent = 0;

  get spent(): number {
    return [...this.open.values()].reduce<number>((sum, bound) => sum + (bound ?? 0), this.#spent);
  }

  add(entry: JournalEntry): void {
    const key = requestKey(entry.contestant, entry.unit);
    // Sent again without a known outcome: the first request may have been billed as well.
    if (entry.kind === 'sent') this.#spent += this.open.get(key) ?? 0;
    this.open.delete(key);
    if (entry.kind === 'sent') this.open.set(key, entry.bound);
    if (entry.kind !== 'answer') return;
    this.#spent += entry.spent_usd;
    this.answers.set(key, entry);
  }
}

/** Parses a journal's text; an incomplete last line, left by a kill, is skipped. */
export function readJournal(text: string): JournalTotals {
  const totals = new JournalTotals();
  for (const { value } of readJsonLines(text).lines) {
    const entry = journalEntry.safeParse(value);
    if (entry.success) totals.add(entry.data);
  }
  return totals;
}

/** A journal open for writing: an entry is on disk before the trial continues. */
export class TrialJournal {
  readonly totals: JournalTotals;
  readonly #file: AppendFile;
  readonly #writes = new Mutex();

  private constructor(file: AppendFile, totals: JournalTotals) {
    this.#file = file;
    this.totals = totals;
  }

  /**
   * Opens or creates the file.
   * @throws file system errors
   */
  static async open(path: string): Promise<TrialJournal> {
    const file = await AppendFile.open(path);
    return new TrialJournal(file, readJournal(await file.readLines()));
  }

  /** Resolves when the entry is on disk. */
  add(entry: JournalEntry): Promise<void> {
    return this.#writes.run(async () => {
      await this.#file.append(`${JSON.stringify(entry)}\n`);
      this.totals.add(entry);
    });
  }

  close(): Promise<void> {
    return this.#writes.run(() => this.#file.close());
  }
}
