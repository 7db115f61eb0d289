import type { core } from 'zod';
import type { ErrorCode } from '../../contract/errors.ts';

/** Why the API does not listen: the codes of `server.status`. */
type ListenErrorCode = 'port_in_use' | 'cannot_listen';

/** The core's errors in a language other than English, which is the core's own. */
export interface ErrorTexts {
  /** Says that what follows is the core's own message. */
  original: string;
  byCode: Record<ErrorCode | ListenErrorCode, string>;
}

/** What the contract's schemas have against an input, in zod's own translation. */
export type ZodTexts = core.$ZodErrorMap;
