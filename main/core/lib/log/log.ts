import { join } from 'node:path';
import pino from 'pino';
import { LogFile } from './log-file.ts';
import { LogTail } from './log-tail.ts';
import type { Redactor } from '../redact.ts';
import { makeFolder } from '../files/replace-file.ts';

export type Log = pino.Logger;

const levels = new Set(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']);

/** `COMFYVN_LOG_LEVEL` in Python's or pino's spelling; anything else means `info`. */
export function logLevel(name: string | undefined): pino.Level {
  const upper = (name ?? '').toUpperCase().replace('WARNING', 'WARN').replace('CRITICAL', 'FATAL');
  return (levels.has(upper) ? upper.toLowerCase() : 'info') as pino.Level;
}

function openFile(runtimeRoot: string) {
  const folder = join(runtimeRoot, 'logs');
  try {
    makeFolder(folder);
  } catch (error) {
    // A folder that is not writable must not stop the server: lines are lost, but calls are not affected.
    console.warn(
      `${folder} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}): no log is kept`,
    );
    return undefined;
  }
  const file = new LogFile(folder, { maxBytes: 10 * 1024 * 1024, maxFiles: 5 });
  void file.append('');
  return file;
}

/** How long lines are collected for one write. */
const gatherMs = 20;
/** Characters per write. */
const maxAtOnce = 64 * 1024;

let second = { number: NaN, text: '' };

/** The format of pino's own timestamp, which formats year to second again for every line. */
function isoTime(): string {
  const now = Date.now();
  const number = Math.floor(now / 1000);
  if (number !== second.number) second = { number, text: new Date(now).toISOString().slice(0, -4) };
  const ms = String(now - number * 1000).padStart(3, '0');
  return `,"time":"${second.text}${ms}Z"`;
}

/** Takes lines without blocking the call, and writes them together a moment later. */
class LineGatherer {
  readonly #write: (lines: string[]) => Promise<void>;
  #lines: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(write: (lines: string[]) => Promise<void>) {
    this.#write = write;
  }

  /** The stream interface that pino uses. */
  write(line: string): void {
    this.#lines.push(line);
    this.#timer ??= setTimeout(() => void this.flush(), gatherMs).unref();
  }

  /** Writes what is queued, in order. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write(this.#lines.splice(0)));
    return this.#writing;
  }
}

/**
 * Writes lines to `logs/server.log`, 10 MB per file, five files. Secrets are removed from the finished line;
 * then it can be followed.
 */
export function openLog(runtimeRoot: string, level: string | undefined, redactor: Redactor) {
  const file = openFile(runtimeRoot);
  const least = logLevel(level);
  const tail = new LogTail(least);
  const keep = async (lines: string[]) => {
    for (let at = 0; at < lines.length;) {
      const from = at;
      let size = 0;
      while (at < lines.length && size < maxAtOnce) size += lines[at++]?.length ?? 0;
      const piece = redactor.redact(lines.slice(from, at).join(''));
      tail.push(piece, at - from);
      // The file is rotated only between two writes.
      await file?.append(piece);
    }
  };
  const gathered = new LineGatherer(keep);
  const log = pino({ level: least, base: null, timestamp: isoTime }, gathered);
  const close = async () => {
    await gathered.flush();
    await file?.close();
  };
  return { log, tail, close };
}

/** A log that writes nothing, for tests and tools. */
export const silentLog: Log = pino({ level: 'silent' });
