import type { WarningCode, WarningValues } from '../../contract/warnings.ts';

/** The core's warnings in a language other than English, which is the core's own. */
export type WarningTexts = { [C in WarningCode]: (values: WarningValues[C]) => string };
