import type { ChatAnswer } from '../../../contract/chat.ts';
import type { CheckResult } from '../../../contract/pack-check.ts';
import type { ErrorInfo } from '../../../contract/errors.ts';
import { chargeOf, spentOn } from '../../core/chat/cost/failed-call-cost.ts';
import type { LineState } from './journal.ts';

export interface Outcome {
  state: Exclude<LineState, 'sent'>;
  row: Record<string, unknown>;
  usd: number;
  /** Milliseconds that the provider asks to wait; undefined if a retry cannot help. */
  retryAfterMs?: number;
  /** Every further line would fail in the same way, so the batch stops. */
  stops?: boolean;
}

/** A reply as an output row, with the results of the pack's checks. The fields are those of the HTTP API. */
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

/** A failure as an output row, and whether to retry. */
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

/** The row of a line that was in progress when its run was killed. */
export const unknownOutcomeRow: Record<string, unknown> = {
  ok: false,
  code: 'outcome_unknown',
  message:
    'the line was in progress when the last run was killed, and may have been paid; --retry-unknown sends it again',
  paid: 'maybe',
};
