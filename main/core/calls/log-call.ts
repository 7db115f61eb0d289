import type { Log } from '../log.ts';
import type { CallRow } from './database/tables.ts';

/** One line for each call that is over, whoever made it: who answered, how it went, what it came to. */
export function logCall(log: Log, row: CallRow): void {
  const { request_id, kind, door, mode, module, provider, model, status, code, total_ms, cost } = row;
  const whom = [provider, model].filter((name) => name !== null).join('/') || 'nobody';
  log.info(
    { request_id, kind, door, mode, module, provider, model, status, code, ms: Math.round(total_ms), cost },
    `${mode} call to ${whom}: ${status}`,
  );
}
