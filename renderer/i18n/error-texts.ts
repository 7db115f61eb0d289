import type { ErrorCode } from '../../contract/errors.ts';

/** The core's errors in a language other than English, which is the core's own. */
export interface ErrorTexts {
  /** Says that what follows is the core's own message. */
  original: string;
  byCode: Record<ErrorCode, string>;
}
