import type { WarningDetail } from '../../contract/warnings.ts';
import { currentCatalogue } from '../i18n/current-language.ts';

/** A warning of the core in the current language. English, and codes of a newer server, are the core's own. */
export function warningText({ code, message, values }: WarningDetail): string {
  const texts = currentCatalogue()?.warnings as
    | Partial<Record<string, (values: WarningDetail['values']) => string>>
    | undefined;
  return texts?.[code]?.(values) ?? message;
}
