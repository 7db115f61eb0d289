import { textDetail, type TextDetail } from '../../../contract/coded-texts.ts';
import { codedText, detailOf } from '../lib/coded-text.ts';
import type { UnknownReason } from './ledger.ts';

/** The cost is unknown because the call failed after it was sent. */
export function failedCall({ code, message }: { code: string; message: string }): UnknownReason {
  return codedText('unknown_spend', 'error', { error: code, message }, message);
}

/** The columns of a reason in the ledger. */
export function reasonColumns(reason: UnknownReason): { reason: string; reason_detail: string } {
  return { reason: reason.message, reason_detail: JSON.stringify(detailOf(reason)) };
}

/** The reverse of `reasonColumns`; undefined without a detail, and if a newer version wrote it in another form. */
export function storedDetail(json: string | null): TextDetail | undefined {
  if (json === null) return undefined;
  const { data } = textDetail.safeParse(JSON.parse(json));
  return data;
}
