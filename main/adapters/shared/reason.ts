import type { Reason, ReasonCode, ReasonDetail, ReasonValues } from '../../../contract/reasons.ts';

/** Why a parameter is dropped or a value rewritten; `values` are what its English message contains. */
export function reason<C extends ReasonCode>(code: C, values: ReasonValues[C], message: string): Reason<C> {
  return { code, message, values } as Reason<C>;
}

/** A reason as the entries of `dropped` and `rewritten` have it: as text, and with its code. */
export function reasonFields({ code, values, message }: Reason): {
  reason: string;
  reason_detail: ReasonDetail;
} {
  return { reason: message, reason_detail: { code, values } };
}
