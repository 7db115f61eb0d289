import type { Attempt } from '../../../contract/chat.ts';
import type { ErrorInfo } from '../../../contract/errors.ts';
import { fieldProblems } from '../../api/field-problems.ts';

export interface FailureFacts {
  /** The provider's HTTP status, if it answered. */
  status: number | null;
  provider: string | null;
  model: string | null;
  /** The provider's own message. */
  verbatim: string | null;
  body: string | null;
  hint: string | null;
  retryAfterMs: number | null;
  /** Invalid input fields, by path, in the current language. */
  fields: { path: string; message: string }[];
  /** Where a reply does not match its schema. */
  problems: string[];
  attempts: Attempt[];
  /** The reply ended at its limit: its number of tokens, if known. */
  cutAt: number | 'unknown' | null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function objects(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : [];
}

function cutAtOf({ finish_reason: finish, usage }: Record<string, unknown>): FailureFacts['cutAt'] {
  if (finish !== 'length') return null;
  const tokens = objects([usage])[0]?.completion_tokens;
  return number(tokens) ?? 'unknown';
}

function attemptsOf(value: unknown): Attempt[] {
  return objects(value).filter(({ n, ms }) => typeof n === 'number' && typeof ms === 'number') as Attempt[];
}

/** The provider's own message. A failed list request repeats its status there, which is shown beside it. */
function messageOf(message: unknown, status: number | null): string | null {
  const prefix = `HTTP ${status}: `;
  const own = text(message);
  return own?.startsWith(prefix) ? own.slice(prefix.length) : own;
}

/** Reads an error's `details`; they differ by code, so every part may be missing. */
export function failureFacts({ details = {} }: ErrorInfo): FailureFacts {
  return {
    status: number(details.upstream_status),
    provider: text(details.provider),
    model: text(details.model),
    verbatim: messageOf(details.upstream_message, number(details.upstream_status)),
    // For a reply that does not match its schema, the reply itself is shown.
    body: text(details.upstream_body) ?? text(details.reply),
    hint: text(details.hint),
    retryAfterMs: number(details.retry_after_ms),
    fields: fieldProblems(details.fields).map(({ path, message }) => ({ path, message })),
    problems: Array.isArray(details.problems)
      ? details.problems.filter((one) => typeof one === 'string')
      : [],
    attempts: attemptsOf(details.attempts),
    cutAt: cutAtOf(details),
  };
}

interface CallFacts {
  provider?: string | null;
  model?: string | null;
  ms?: number;
}

/** A failure as text for a bug report. Main has cut the secrets out; messages that were sent are not in it. */
export function diagnosticOf(error: ErrorInfo, call: CallFacts): string {
  const { plan: _plan, ...details } = error.details ?? {};
  return JSON.stringify(
    { ...call, code: error.code, message: error.message, request_id: error.request_id, details },
    null,
    2,
  );
}
