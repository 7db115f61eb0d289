import {
  logLevels,
  mostLogLines,
  type LogLevel,
  type LogLine,
  type LogPiece,
} from '../../contract/log-line.ts';
import { isObject } from './json.ts';

/** How long lines are gathered before they are told. */
const gatherMs = 50;
/** What waits for one listener, at most; the oldest beyond it are left out, and counted. */
const mostWaiting = 2000;

/** pino's numbers: 10 is `trace`, 60 `fatal`. */
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

interface Follower {
  waiting: { n: number; text: string }[];
  missed: number;
  wake(): void;
}

/** The log's latest lines as they were written, secrets cut out, and those who follow it. */
export class LogTail {
  readonly #level: LogLevel;
  readonly #kept: { n: number; text: string }[] = [];
  readonly #followers = new Set<Follower>();
  #count = 0;

  constructor(level: LogLevel) {
    this.#level = level;
  }

  /** One finished line; without followers nothing is done with it but to keep it. */
  push(text: string): void {
    const line = { n: ++this.#count, text };
    this.#kept.push(line);
    if (this.#kept.length >= 2 * mostLogLines) this.#kept.splice(0, mostLogLines);
    for (const follower of this.#followers) {
      if (follower.waiting.length >= mostWaiting) {
        follower.waiting.shift();
        follower.missed += 1;
      }
      follower.waiting.push(line);
      follower.wake();
    }
  }

  /** Tells `last` lines and then each new one, some together, until `signal` says stop. Resolves with how many. */
  async follow(
    last: number,
    signal: AbortSignal,
    tell: (piece: LogPiece) => void | Promise<void>,
  ): Promise<number> {
    let wake = () => {};
    const follower: Follower = {
      waiting: last > 0 ? this.#kept.slice(-Math.min(last, mostLogLines)) : [],
      missed: 0,
      wake: () => wake(),
    };
    const onAbort = () => wake();
    signal.addEventListener('abort', onAbort);
    this.#followers.add(follower);
    let told = 0;
    try {
      for (let first = true; !signal.aborted; first = false) {
        const lines = follower.waiting.splice(0).map(({ n, text }) => parsed(n, text));
        const missed = follower.missed;
        follower.missed = 0;
        told += lines.length;
        if (first || lines.length) await tell({ lines, missed, level: this.#level });
        if (follower.waiting.length || signal.aborted) continue;
        await new Promise<void>((resolve) => (wake = resolve));
        if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, gatherMs));
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#followers.delete(follower);
    }
    return told;
  }
}
