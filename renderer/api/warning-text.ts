import type { WarningDetail } from '../../contract/warnings.ts';
import { currentCatalogue } from '../i18n/current-language.ts';
import { reasonText } from './reason-text.ts';

/** A warning of the core in the current language. English, and codes of a newer server, are the core's own. */
export function warningText({ code, message, values, reason_detail }: WarningDetail): string {
  const texts = currentCatalogue()?.warnings as
    | Partial<Record<string, (values: WarningDetail['values']) => string>>
    | undefined;
  const { reason } = values;
  const shown =
    typeof reason === 'string' ? { ...values, reason: reasonText({ reason, reason_detail }) } : values;
  return texts?.[code]?.(shown) ?? message;
}
