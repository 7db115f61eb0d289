import {
  logLevels,
  maxLogLines,
  type LogLevel,
  type LogLine,
  type LogPiece,
} from '../../../../contract/log-line.ts';
import { isObject } from '../json.ts';

/** How long lines are collected before they are delivered. */
const gatherMs = 50;
/** Maximum queued lines per listener; older ones are dropped and counted. */
const maxWaiting = 2000;

/** pino's numbers: 10 is `trace`, 60 is `fatal`. */
const levelOf = (number: unknown): LogLevel => logLevels[Math.round(Number(number) / 10) - 1] ?? 'info';

function parsed(n: number, text: string): LogLine {
  const plain: LogLine = { n, at: '', level: 'info', message: text.trim(), request_id: null, rest: '' };
  try {
    const json: unknown = JSON.parse(text);
    if (!isObject(json)) return plain;
    const { level, time, msg, request_id, ...rest } = json;
    return {
      n,
      at: typeof time === 'string' ? time : '',
      level: levelOf(level),
      message: typeof msg === 'string' ? msg : '',
      request_id: typeof request_id === 'string' ? request_id : null,
      rest: Object.keys(rest).length ? JSON.stringify(rest) : '',
    };
  } catch {
    return plain;
  }
}

/** Some consecutive lines, as written. */
interface Piece {
  /** Number of its first line. */
  first: number;
  count: number;
  text: string;
}

const linesOf = ({ first, text }: Piece): LogLine[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line, i) => parsed(first + i, line));

interface Follower {
  waiting: Piece[];
  missed: number;
  wake(): void;
}

const sizeOf = (pieces: readonly Piece[]) => pieces.reduce((sum, { count }) => sum + count, 0);

/** The log's latest lines as written, with secrets removed, and the listeners that follow it. */
export class LogTail {
  readonly #level: LogLevel;
  #kept: Piece[] = [];
  #keptLines = 0;
  readonly #followers = new Set<Follower>();
  #count = 0;

  constructor(level: LogLevel) {
    this.#level = level;
  }

  /** Adds complete lines. Without listeners they are only stored. */
  push(text: string, count: number): void {
    const piece = { first: this.#count + 1, count, text };
    this.#count += count;
    this.#kept.push(piece);
    this.#keptLines += count;
    if (this.#keptLines >= 2 * maxLogLines) {
      this.#kept = this.#latest(maxLogLines);
      this.#keptLines = sizeOf(this.#kept);
    }
    for (const follower of this.#followers) {
      follower.waiting.push(piece);
      while (follower.waiting.length > 1 && sizeOf(follower.waiting) > maxWaiting)
        follower.missed += follower.waiting.shift()?.count ?? 0;
      follower.wake();
    }
  }

  /** At least this many lines, or all if there are fewer. */
  #latest(lines: number): Piece[] {
    const from = this.#kept.findLastIndex((piece) => this.#count - piece.first + 1 >= lines);
    return this.#kept.slice(Math.max(from, 0));
  }

  /**
   * Reports the last `last` lines and then new ones, in batches, until `signal` is aborted. Resolves with the
   * number of lines.
   */
  async follow(
    last: number,
    signal: AbortSignal,
    tell: (piece: LogPiece) => void | Promise<void>,
  ): Promise<number> {
    let wake = () => {};
    const follower: Follower = {
      waiting: last > 0 ? this.#latest(last) : [],
      missed: 0,
      wake: () => wake(),
    };
    const onAbort = () => wake();
    signal.addEventListener('abort', onAbort);
    this.#followers.add(follower);
    let reported = 0;
    try {
      for (let first = true; !signal.aborted; first = false) {
        const all = follower.waiting.splice(0).flatMap(linesOf);
        const lines = first && last > 0 ? all.slice(-last) : all;
        const missed = follower.missed;
        follower.missed = 0;
        reported += lines.length;
        if (first || lines.length) await tell({ lines, missed, level: this.#level });
        if (follower.waiting.length || signal.aborted) continue;
        await new Promise<void>((resolve) => (wake = resolve));
        if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, gatherMs));
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#followers.delete(follower);
    }
    return reported;
  }
}
