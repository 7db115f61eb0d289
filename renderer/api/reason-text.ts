import type { Dropped } from '../../contract/plan.ts';
import type { ReasonDetail } from '../../contract/reasons.ts';
import { currentCatalogue } from '../i18n/current-language.ts';

/**
 * Why a parameter was dropped or a value rewritten, in the current language. English, codes of a newer server, and
 * reasons without a code are the core's own text.
 */
export function reasonText({
  reason,
  reason_detail: detail,
}: Pick<Dropped, 'reason' | 'reason_detail'>): string {
  if (!detail) return reason;
  const texts = currentCatalogue()?.reasons as
    | Partial<Record<string, (values: ReasonDetail['values']) => string>>
    | undefined;
  return texts?.[detail.code]?.(detail.values) ?? reason;
}
