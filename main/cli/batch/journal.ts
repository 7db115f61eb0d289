import { createReadStream } from 'node:fs';
import { AppError } from '../../core/lib/app-error.ts';
import { AppendFile } from '../../core/lib/files/append-file.ts';

export const journalKind = 'comfyvn-llm/batch';

/** What became of a line. Only `unpaid` is sent again by itself. */
export type LineState =
  /** On its way: the last word of a run that was killed. */
  | 'sent'
  /** Refused by the provider, or never reached it. */
  | 'unpaid'
  /** The line broke after the request went out: nobody here knows whether it is on the bill. */
  | 'unknown'
  /** Paid, with a reply or without a usable one. */
  | 'done';

export interface JournalEntry {
  key: string;
  /** Of the line's text: an id that stands for another text later is noticed. */
  hash: string;
  state: LineState;
  /** What goes into the output; not of `sent`. */
  row?: Record<string, unknown>;
  /** USD that the entry stands for. */
  usd?: number;
  /** USD that a line that is `sent` may come to; they count when nothing more is heard of it. */
  bound?: number;
}

/** Where a line's last entry is in the journal. */
export interface EntryPosition {
  state: LineState;
  hash: string;
  offset: number;
  bytes: number;
}

interface Header {
  kind: typeof journalKind;
  v: 1;
  /** Of what is asked of every line: another module or model is another batch. */
  flags: string;
}

interface Waiting {
  text: string;
  written(offset: number): void;
  failed(error: unknown): void;
}

const newline = 10;

/** Lines of a file with their place in bytes; a last one without its end was torn by a kill and is left out. */
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
 * The memory of a batch: lines are only ever added, and each is on the disk before what it tells of goes on. After a
 * kill at any moment it knows of every line that was sent.
 */
export class Journal {
  readonly path: string;
  readonly positions = new Map<string, EntryPosition>();
  readonly #bounds = new Map<string, number>();
  #spent = 0;
  readonly #file: AppendFile;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;

  /** USD of all runs so far; a line of which nothing was heard counts at its bound. */
  get spent(): number {
    return [...this.#bounds.values()].reduce((sum, bound) => sum + bound, this.#spent);
  }

  private constructor(path: string, file: AppendFile) {
    this.path = path;
    this.#file = file;
  }

  /**
   * @param flags a hash of what is asked of every line
   * @throws AppError `invalid_request` where the file is the journal of something else
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

  /** Where the last whole line ends: what a kill has torn is behind it. */
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
    // Sent again without having been heard of: the first time may have been paid as well.
    if (state === 'sent') this.#spent += this.#bounds.get(key) ?? 0;
    this.#bounds.delete(key);
    if (state === 'sent' && bound) this.#bounds.set(key, bound);
  }

  /** Resolves when the entry is on the disk. Entries that come at the same time share one write and one sync. */
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
    // One turn for those that come together.
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

  /** The row of a line, read from where it is. */
  async row({ offset, bytes }: EntryPosition): Promise<Record<string, unknown> | undefined> {
    return (JSON.parse(await this.#file.read(offset, bytes)) as JournalEntry).row;
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }
}
