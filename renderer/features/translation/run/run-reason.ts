import type { RunView } from '../../../../contract/translation.ts';
import { errorText } from '../../../api/error-text.ts';
import { currentLanguage } from '../../../i18n/current-language.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { formatExactUsd } from '../../../ui/format.ts';

/**
 * Why a run is not going on, in the language on screen; null where there is nothing to say. The core's own words, which
 * name the request or the amount, follow what their code means.
 */
export function runReason({
  code,
  reason,
  confirm_usd: sum,
}: Pick<RunView, 'code' | 'reason' | 'confirm_usd'>): string | null {
  // The core's words name the fields of the API and the command line, where here a button stands.
  if (sum !== null) return t.run.needsSum(formatExactUsd(sum));
  if (code === null || reason === null || currentLanguage() === 'en') return reason;
  const ofRuns = (t.run.reasons as Partial<Record<string, string>>)[code];
  return ofRuns === undefined ? errorText({ code, message: reason }) : `${ofRuns} ${reason}`;
}
