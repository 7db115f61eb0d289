import { z } from 'zod';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
const logLevel = z.enum(logLevels);
export type LogLevel = z.infer<typeof logLevel>;

/** One line of `logs/server.log`, secrets cut out. */
export interface LogLine {
  /** Counts up from the start of the process. */
  n: number;
  /** ISO time, UTC. */
  at: string;
  level: LogLevel;
  message: string;
  request_id: string | null;
  /** Everything else of the line, as JSON text; empty where there is nothing. */
  rest: string;
}

export const maxLogLines = 1000;

export const logRequest = z.strictObject({
  /** How many of the lines before now. */
  last: z.number().int().min(0).max(maxLogLines).default(500),
});

/** How a stream of the log ends: never by itself. */
export const logEnd = z.object({ lines: z.number().int() });

/** Log lines as they are delivered: earlier ones first, then new ones as they come. */
export interface LogPiece {
  lines: LogLine[];
  /** Lines left out since the listener did not keep up. */
  missed: number;
  /** Lines below this level are not written. */
  level: LogLevel;
}
