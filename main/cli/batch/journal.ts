import { createReadStream } from 'node:fs';
import { AppError } from '../../core/lib/app-error.ts';
import { AppendFile } from '../../core/lib/files/append-file.ts';

const journalKind = 'comfyvn-llm/batch';

/** The state of a line. Only `unpaid` lines are sent again without a flag. */
export type LineState =
  /** In progress, or interrupted by a kill. */
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

interface PendingWrite {
  text: string;
  written(offset: number): void;
  failed(error: unknown): void;
}

const newline = 10;

/** A file's complete lines with their byte offsets. Skips an incomplete last line, which a kill may leave. */
async function* wholeLines(path: string): AsyncGenerator<{ text: string; offset: number; bytes: number }> {
  let tail: Buffer = Buffer.alloc(0);
  let offset = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    tail = tail.length ? Buffer.concat([tail, chunk]) : chunk;
    let from = 0;
    for (let end = tail.indexOf(newline); end >= 0; end = tail.indexOf(newline, from)) {
      yield { text: tail.toString('utf8', from, end), offset: offset + from, bytes: end - from };
      from = end + 1;
    }
    offset += from;
    tail = tail.subarray(from);
  }
}

/**
 * The journal of a batch. Entries are only appended, and each is on disk before the step that it describes. So after a
 * kill, the journal contains every line that was sent.
 */
export class Journal {
  readonly path: string;
  readonly positions = new Map<string, EntryPosition>();
  readonly #bounds = new Map<string, number>();
  #spent = 0;
  readonly #file: AppendFile;
  #pendingWrites: PendingWrite[] = [];
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

  /** Reads the entries. Returns the end of the last complete line; a kill may leave an incomplete line after it. */
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
      // The check below reports it.
    }
    if (header.kind !== journalKind || header.v !== 1)
      throw new AppError(
        'invalid_request',
        `${this.path} is not the journal of a batch: choose another output file`,
      );
    if (header.flags !== flags)
      throw new AppError(
        'invalid_request',
        `${this.path} belongs to a batch with other flags: use the same flags, or choose another output file`,
      );
  }

  #count({ key, state, usd = 0, bound }: JournalEntry): void {
    this.#spent += usd;
    // The line was sent again without a known outcome, so the earlier request may have been billed too.
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
      this.#pendingWrites.push({ text, written: resolve, failed: reject });
    });
    this.#writing ??= this.#flush();
    return written;
  }

  async #flush(): Promise<void> {
    // Waits for a microtask, to collect entries that are added together.
    await Promise.resolve();
    while (this.#pendingWrites.length) {
      const batch = this.#pendingWrites;
      this.#pendingWrites = [];
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
