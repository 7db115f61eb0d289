import type { ChatAnswer } from '../../../contract/chat.ts';
import type { CheckResult } from '../../../contract/pack-check.ts';
import type { ErrorInfo } from '../../../contract/errors.ts';
import type { LineState } from './journal.ts';

export interface Outcome {
  state: Exclude<LineState, 'sent'>;
  row: Record<string, unknown>;
  usd: number;
  /** Milliseconds that the provider asks to wait; undefined where another try is no use. */
  retryAfterMs?: number;
  /** No other line can fare better: the batch stops. */
  stops?: boolean;
}

/** A refusal that holds for every line. */
const stopping = new Set<string>([
  'feature_disabled',
  'missing_key',
  'key_locked',
  'not_configured',
  'price_unknown',
  'cost_unbounded',
  'ledger_unavailable',
  'model_retired',
  'unsafe_address',
  'provider_unauthorized',
  'unknown_provider',
  'unknown_model',
  'unknown_module',
  'ambiguous_model',
]);

/** The connection was never made, or no request went over it. */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EADDRREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|proxy_refused|circuit_open)$/;

/** A gateway that gave up waiting does not know what the model behind it did. */
const gatewayGaveUp = new Set([408, 502, 504, 524]);

const defaultWaitMs = 500;

/** A reply, as it stands in the output. */
export function answered(answer: ChatAnswer & { checks?: readonly CheckResult[] }): Outcome {
  const { reply, data, provider, model, usage, cost, warnings } = answer;
  const json = data.json === undefined ? {} : { json: data.json };
  const row = {
    ok: true,
    reply,
    ...json,
    provider,
    model,
    usage,
    cost_usd: cost?.total ?? null,
    finish_reason: data.finish_reason,
  };
  const failed = (answer.checks ?? []).filter(({ ok }) => !ok);
  return {
    state: 'done',
    row: {
      ...row,
      ...(answer.checks ? { checks_failed: failed.map(({ id, message }) => ({ id, message })) } : {}),
      ...(warnings.length ? { warnings } : {}),
    },
    // Attempts before the last one may have been paid as well.
    usd: Math.max(cost?.total ?? 0, costOf({ attempts: answer.attempts })),
  };
}

/** USD of every attempt: a reply that broke off is paid for as far as it came. */
function costOf({ cost, attempts }: Record<string, unknown>): number {
  const all = Array.isArray(attempts) ? attempts.map((attempt: { cost?: unknown }) => attempt.cost) : [cost];
  return all.reduce<number>((sum, each) => {
    const { total } = (each ?? {}) as { total?: unknown };
    return sum + (typeof total === 'number' ? total : 0);
  }, 0);
}

/** What the ledger says of a call's attempts; undefined where nothing had to be reserved. */
function paidInLedger({ attempts }: Record<string, unknown>): 'no' | 'yes' | 'maybe' | undefined {
  const charges = Array.isArray(attempts)
    ? attempts.flatMap(({ charge }: { charge?: string }) => charge ?? [])
    : [];
  if (charges.length === 0) return undefined;
  if (charges.includes('unknown')) return 'maybe';
  return charges.includes('settled') ? 'yes' : 'no';
}

/** Whether a failed call may be on the bill: as the ledger has it, else by what the provider said. */
function paidBy({ code, details = {} }: ErrorInfo): 'no' | 'yes' | 'maybe' {
  const booked = paidInLedger(details);
  if (booked) return booked;
  if (code === 'empty_reply') return 'yes';
  if (code === 'output_schema_mismatch' || code === 'content_filtered') return 'yes';
  if (!('upstream_status' in details))
    return code === 'cancelled' || code === 'internal_error' ? 'maybe' : 'no';
  const status = details['upstream_status'];
  if (typeof status === 'number') return status >= 400 && !gatewayGaveUp.has(status) ? 'no' : 'maybe';
  return neverSent.test(String(details['upstream_code'])) ? 'no' : 'maybe';
}

/** A failure, as it stands in the output, and what may be done about it. */
export function failed(error: ErrorInfo): Outcome {
  const { code, message, details = {} } = error;
  const paid = paidBy(error);
  const usd = costOf(details);
  const reply = typeof details['reply'] === 'string' ? { reply: details['reply'] } : {};
  const row = { ok: false, code, message, paid, ...reply, ...(usd ? { cost_usd: usd } : {}) };
  const status = details['upstream_status'];
  const again = status === 429 || (typeof status === 'number' && status >= 500) || status === null;
  const asked = details['retry_after_ms'];
  const stops = stopping.has(code) || (code === 'budget_exceeded' && details['limit'] !== 'call');
  return {
    state: paid === 'no' ? 'unpaid' : paid === 'yes' ? 'done' : 'unknown',
    row,
    usd,
    ...(paid === 'no' && again ? { retryAfterMs: typeof asked === 'number' ? asked : defaultWaitMs } : {}),
    ...(stops ? { stops } : {}),
  };
}

/** The row of a line whose run was killed while it was on its way. */
export const neverHeardOf: Record<string, unknown> = {
  ok: false,
  code: 'outcome_unknown',
  message:
    'it was on its way when the last run ended, and may have been paid; --retry-unknown sends it again',
  paid: 'maybe',
};
