import { join } from 'node:path';
import pino from 'pino';
import { LogFile } from './log-file.ts';
import { LogTail } from './log-tail.ts';
import type { Redactor } from '../redact.ts';
import { makeFolder } from '../files/replace-file.ts';

export type Log = pino.Logger;

const levels = new Set(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']);

/** `COMFYVN_LOG_LEVEL` in Python's or pino's spelling; anything else is `info`. */
export function logLevel(name: string | undefined): pino.Level {
  const upper = (name ?? '').toUpperCase().replace('WARNING', 'WARN').replace('CRITICAL', 'FATAL');
  return (levels.has(upper) ? upper.toLowerCase() : 'info') as pino.Level;
}

function openFile(runtimeRoot: string) {
  const folder = join(runtimeRoot, 'logs');
  try {
    makeFolder(folder);
  } catch (error) {
    // A folder that cannot be written must not stop the server: lines are lost, calls are not.
    console.warn(
      `${folder} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}): no log is kept`,
    );
    return undefined;
  }
  const file = new LogFile(folder, { maxBytes: 10 * 1024 * 1024, maxFiles: 5 });
  void file.append('');
  return file;
}

/** How long lines are gathered for one write. */
const gatherMs = 20;
/** Characters of one write. */
const maxAtOnce = 64 * 1024;

let second = { number: NaN, text: '' };

/** As pino's own, which writes out year to second anew for every line. */
function isoTime(): string {
  const now = Date.now();
  const number = Math.floor(now / 1000);
  if (number !== second.number) second = { number, text: new Date(now).toISOString().slice(0, -4) };
  const ms = String(now - number * 1000).padStart(3, '0');
  return `,"time":"${second.text}${ms}Z"`;
}

/** Takes lines for a call's sake in no time; a moment later they go on together. */
class LineGatherer {
  readonly #write: (lines: string[]) => Promise<void>;
  #lines: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(write: (lines: string[]) => Promise<void>) {
    this.#write = write;
  }

  /** pino's way in. */
  write(line: string): void {
    this.#lines.push(line);
    this.#timer ??= setTimeout(() => void this.flush(), gatherMs).unref();
  }

  /** Hands on what there is, one write after the other. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write(this.#lines.splice(0)));
    return this.#writing;
  }
}

/** Lines to `logs/server.log`, 10 MB a file, five kept; secrets are cut from the finished line, then it can be followed. */
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
      // The file goes on in a new one between two writes.
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
