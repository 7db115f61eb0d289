import type { Log } from '../lib/log/log.ts';
import { maxNameLength, type FinishedCall } from '../calls/call-row.ts';

const short = (name: string | null | undefined) => name?.slice(0, maxNameLength) ?? undefined;

/** Logs one line for each finished call: who answered, the outcome, and the cost if known. */
export function logCall(log: Log, call: FinishedCall): void {
  const { requestId: request_id, kind, door: transport, mode, status } = call;
  const module = short(call.module);
  const provider = short(call.provider);
  const model = short(call.model);
  const whom = provider && model ? `${provider}/${model}` : (provider ?? model ?? 'nobody');
  const code = call.code ?? undefined;
  const ms = Math.round(call.totalMs);
  const cost = call.cost?.total;
  log.info(
    { request_id, kind, door: transport, mode, module, provider, model, status, code, ms, cost },
    `${mode} call to ${whom}: ${status}`,
  );
}
