import type { LogLevel } from '../../../../contract/log-line.ts';

/** As pino orders them. */
export const logLevels: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
