import type { ChatAnswer } from '../../../contract/chat.ts';
import type { CheckResult } from '../../../contract/pack-check.ts';
import type { ErrorInfo } from '../../../contract/errors.ts';
import { chargeOf, spentOn } from '../../core/chat/cost/call-charge.ts';
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

/** A reply as a row of the output; what a pack's checks found is beside it, as over HTTP. */
export function answered(
  answer: ChatAnswer & { checks?: readonly CheckResult[] },
  bound: number | null,
): Outcome {
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
  return {
    state: 'done',
    row: {
      ...row,
      ...(answer.checks ? { checks: answer.checks } : {}),
      ...(warnings.length ? { warnings } : {}),
    },
    usd: spentOn(answer, bound),
  };
}

/** A failure, as it stands in the output, and what may be done about it. */
export function failed(error: ErrorInfo): Outcome {
  const { code, message, details = {} } = error;
  const { paid, usd, stops, retryAfterMs } = chargeOf(error);
  const reply = typeof details['reply'] === 'string' ? { reply: details['reply'] } : {};
  const row = { ok: false, code, message, paid, ...reply, ...(usd ? { cost_usd: usd } : {}) };
  return {
    state: paid === 'no' ? 'unpaid' : paid === 'yes' ? 'done' : 'unknown',
    row,
    usd,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
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
