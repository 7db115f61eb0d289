import { codedText } from '../../../api/coded-text.ts';
import type { RunView } from '../../../../contract/translation.ts';
import { errorText } from '../../../api/error-text.ts';
import { currentLanguage } from '../../../i18n/current-language.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { formatExactUsd } from '../../../ui/format.ts';

/**
 * Why a run is not going on, in the current language; null if there is nothing to say. In other languages,
 * the core's English message, which names the request or the amount, follows a translated reason.
 */
export function runReason({
  code,
  reason,
  reason_detail: detail,
  confirm_usd: sum,
}: Pick<RunView, 'code' | 'reason' | 'reason_detail' | 'confirm_usd'>): string | null {
  // The core's message names fields of the API and the command line; the panel has a button instead.
  if (sum !== null) return t.run.needsSum(formatExactUsd(sum));
  if (reason !== null && detail) return codedText('run_end', reason, detail);
  if (code === null || reason === null || currentLanguage() === 'en') return reason;
  const ofRuns = (t.run.reasons as Partial<Record<string, string>>)[code];
  return ofRuns === undefined ? errorText({ code, message: reason }) : `${ofRuns}${reason}`;
}
