import type { Warning, WarningCode, WarningValues } from '../../../contract/warnings.ts';

/** A warning about a plan or a reply; `values` are what its English message contains. */
export function warning<C extends WarningCode>(
  code: C,
  values: WarningValues[C],
  message: string,
): Warning<C> {
  return { code, message, values } as Warning<C>;
}

/** Warnings as answers have them: as texts, and with their codes. */
export function warningFieldsOf(details: readonly Warning[]): {
  warnings: string[];
  warning_details: Warning[];
} {
  return { warnings: details.map(({ message }) => message), warning_details: [...details] };
}

/** Each warning once, by its message. */
export function uniqueWarnings<W extends { message: string }>(warnings: readonly W[]): W[] {
  return [...new Map(warnings.map((one) => [one.message, one])).values()];
}
