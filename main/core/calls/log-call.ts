import type { Log } from '../log.ts';
import { longestName, type FinishedCall } from './call-row.ts';

const short = (name: string | null | undefined) => name?.slice(0, longestName) ?? null;

/** One line for each call that is over, whoever made it: who answered, how it went, what it came to. */
export function logCall(log: Log, call: FinishedCall): void {
  const { requestId: request_id, kind, door, mode, status, code } = call;
  const [module, provider, model] = [short(call.module), short(call.provider), short(call.model)];
  const whom = provider === null ? (model ?? 'nobody') : model === null ? provider : `${provider}/${model}`;
  const [ms, cost] = [Math.round(call.totalMs), call.cost?.total ?? null];
  log.info(
    { request_id, kind, door, mode, module, provider, model, status, code, ms, cost },
    `${mode} call to ${whom}: ${status}`,
  );
}
