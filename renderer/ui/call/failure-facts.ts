import type { ErrorInfo } from '../../../contract/errors.ts';

export interface FailureFacts {
  /** The provider's HTTP status, where it answered. */
  status: number | null;
  provider: string | null;
  model: string | null;
  /** The provider's own words. */
  verbatim: string | null;
  body: string | null;
  hint: string | null;
  /** Bad fields of the input, by path. */
  fields: { path: string; message: string }[];
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function fieldOf(value: unknown): FailureFacts['fields'] {
  if (typeof value !== 'object' || value === null) return [];
  const { path, message } = value as Record<string, unknown>;
  const where = Array.isArray(path) ? path.join('.') : text(path);
  return where !== null && typeof message === 'string' ? [{ path: where, message }] : [];
}

/** What an error's `details` tell; they differ by code, so every part may be missing. */
export function failureFacts({ details = {} }: ErrorInfo): FailureFacts {
  const fields = Object.values(details).filter(Array.isArray).flat().flatMap(fieldOf);
  return {
    status: typeof details.upstream_status === 'number' ? details.upstream_status : null,
    provider: text(details.provider),
    model: text(details.model),
    verbatim: text(details.upstream_message),
    body: text(details.upstream_body),
    hint: text(details.hint),
    fields,
  };
}
