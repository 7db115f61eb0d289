import { z } from 'zod';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
const logLevel = z.enum(logLevels);
export type LogLevel = z.infer<typeof logLevel>;

/** One line of `logs/server.log`, with secrets redacted. */
export interface LogLine {
  /** Counts up from the start of the process. */
  n: number;
  /** ISO time, UTC. */
  at: string;
  level: LogLevel;
  message: string;
  request_id: string | null;
  /** All other fields of the line, as JSON text; empty if there are none. */
  rest: string;
}

export const maxLogLines = 1000;

export const logRequest = z.strictObject({
  /** How many earlier lines to send first. */
  last: z.number().int().min(0).max(maxLogLines).default(500),
});

/** The end of a log stream, which never ends by itself. */
export const logEnd = z.object({ lines: z.number().int() });

/** Log lines in batches: earlier ones first, then new ones as they arrive. */
export interface LogPiece {
  lines: LogLine[];
  /** Lines dropped because the listener was too slow. */
  missed: number;
  /** Lines below this level are not written. */
  level: LogLevel;
}
