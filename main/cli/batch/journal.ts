import { createReadStream } from 'node:fs';
import { AppError } from '../../core/lib/app-error.ts';
import { AppendFile } from '../../core/lib/files/append-file.ts';

export const journalKind = 'comfyvn-llm/batch';

/** The state of a line. Only `unpaid` lines are sent again automatically. */
export type LineState =
  /** In progress; after a kill, the last recorded state. */
  | 'sent'
  /** Refused by the provider, or never reached it. */
  | 'unpaid'
  /** The connection broke after the request was sent, so it may have been billed. */
  | 'unknown'
  /** Billed, with or without a usable reply. */
  | 'done';

export interface JournalEntry {
  key: string;
  /** Hash of the line's text, to detect an id that later means another text. */
  hash: string;
  state: LineState;
  /** The output row; unset for `sent`. */
  row?: Record<string, unknown>;
  /** The entry's cost in USD. */
  usd?: number;
  /** The maximum cost in USD of a `sent` line; it counts if no outcome is recorded. */
  bound?: number;
}

/** Position of a line's last entry in the journal. */
export interface EntryPosition {
  state: LineState;
  hash: string;
  offset: number;
  bytes: number;
}

interface Header {
  kind: typeof journalKind;
  v: 1;
  /** Hash of the flags that apply to every line: another module or model is another batch. */
  flags: string;
}

interface Waiting {
  text: string;
  written(offset: number): void;
  failed(error: unknown): void;
}

const newline = 10;

/** A file's lines with their byte offsets; an incomplete last line, left by a kill, is skipped. */
async function* wholeLines(path: string): AsyncGenerator<{ text: string; offset: number; bytes: number }> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    rest = rest.length ? Buffer.concat([rest, chunk]) : chunk;
    let from = 0;
    for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline, from)) {
      yield { text: rest.toString('utf8', from, end), offset: offset + from, bytes: end - from };
      from = end + 1;
    }
    offset += from;
    rest = rest.subarray(from);
  }
}

/**
 * The journal of a batch. Entries are only appended, and each is on disk before the step it describes
 * continues. After a kill at any time it contains every line that was sent.
 */
export class Journal {
  readonly path: string;
  readonly positions = new Map<string, EntryPosition>();
  readonly #bounds = new Map<string, number>();
  #spent = 0;
  readonly #file: AppendFile;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;

  /** USD of all runs so far; a line without an outcome counts at its bound. */
  get spent(): number {
    return [...this.#bounds.values()].reduce((sum, bound) => sum + bound, this.#spent);
  }

  private constructor(path: string, file: AppendFile) {
    this.path = path;
    this.#file = file;
  }

  /**
   * @param flags a hash of the flags that apply to every line
   * @throws AppError `invalid_request` if the file belongs to something else
   */
  static async open(path: string, flags: string): Promise<Journal> {
    const file = await AppendFile.open(path);
    const journal = new Journal(path, file);
    try {
      await file.cutTo(await journal.#read(flags));
      if (file.end === 0) await journal.#write({ kind: journalKind, v: 1, flags } satisfies Header);
      return journal;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** The end of the last complete line; anything after it was left by a kill. */
  async #read(flags: string): Promise<number> {
    let end = 0;
    for await (const { text, offset, bytes } of wholeLines(this.path)) {
      if (offset === 0) this.#checkHeader(text, flags);
      else {
        const entry = JSON.parse(text) as JournalEntry;
        const { key, hash, state } = entry;
        this.#count(entry);
        this.positions.set(key, { state, hash, offset, bytes });
      }
      end = offset + bytes + 1;
    }
    return end;
  }

  #checkHeader(text: string, flags: string): void {
    let header: Partial<Header> = {};
    try {
      header = JSON.parse(text) as Header;
    } catch {
      // Reported below.
    }
    if (header.kind !== journalKind || header.v !== 1)
      throw new AppError(
        'invalid_request',
        `${this.path} is not the journal of a batch: name another output file`,
      );
    if (header.flags !== flags)
      throw new AppError(
        'invalid_request',
        `${this.path} belongs to a batch with other flags: repeat those, or name another output file`,
      );
  }

  #count({ key, state, usd = 0, bound }: JournalEntry): void {
    this.#spent += usd;
    // Sent again without a known outcome: the first request may have been billed as well.
    if (state === 'sent') this.#spent += this.#bounds.get(key) ?? 0;
    this.#bounds.delete(key);
    if (state === 'sent' && bound) this.#bounds.set(key, bound);
  }

  /** Resolves when the entry is on disk. Entries added at the same time share one write and one sync. */
  async add(entry: JournalEntry): Promise<void> {
    const text = JSON.stringify(entry);
    const offset = await this.#write(entry);
    const { key, hash, state } = entry;
    this.#count(entry);
    this.positions.set(key, { state, hash, offset, bytes: Buffer.byteLength(text) });
  }

  #write(value: object): Promise<number> {
    const text = `${JSON.stringify(value)}\n`;
    const written = new Promise<number>((resolve, reject) => {
      this.#waiting.push({ text, written: resolve, failed: reject });
    });
    this.#writing ??= this.#flush();
    return written;
  }

  async #flush(): Promise<void> {
    // Waits one turn, to collect entries added together.
    await Promise.resolve();
    while (this.#waiting.length) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        let offset = await this.#file.append(batch.map(({ text }) => text).join(''));
        for (const { text, written } of batch) {
          written(offset);
          offset += Buffer.byteLength(text);
        }
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#writing = undefined;
  }

  /** A line's row, read from its position. */
  async row({ offset, bytes }: EntryPosition): Promise<Record<string, unknown> | undefined> {
    return (JSON.parse(await this.#file.read(offset, bytes)) as JournalEntry).row;
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }
}
