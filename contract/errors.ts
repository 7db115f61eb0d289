import { z } from 'zod';

/** Every error code of the product, with its HTTP status. */
export const errorStatus = {
  invalid_request: 400,
  forbidden_key: 400,
  unsafe_address: 400,
  parameter_refused: 400,
  token_required: 401,
  budget_exceeded: 402,
  cost_unbounded: 402,
  price_unknown: 402,
  feature_disabled: 403,
  missing_key: 403,
  not_configured: 403,
  forbidden_host: 403,
  forbidden_origin: 403,
  unknown_provider: 404,
  unknown_model: 404,
  unknown_module: 404,
  unknown_route: 404,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  ambiguous_model: 409,
  model_retired: 409,
  id_taken: 409,
  key_locked: 409,
  body_too_large: 413,
  unsupported_media_type: 415,
  registry_invalid: 422,
  pack_variables_invalid: 422,
  pack_template_failed: 422,
  output_schema_mismatch: 422,
  file_unreadable: 422,
  too_many_attempts: 429,
  cancelled: 499,
  internal_error: 500,
  provider_error: 502,
  provider_rejected: 502,
  provider_unauthorized: 502,
  provider_not_found: 502,
  provider_rate_limited: 502,
  provider_overloaded: 502,
  provider_unreachable: 502,
  provider_bad_reply: 502,
  provider_interrupted: 502,
  provider_reply_too_large: 502,
  content_filtered: 502,
  empty_reply: 502,
  emulation_off: 503,
  server_busy: 503,
  shutting_down: 503,
  ledger_unavailable: 503,
  provider_timeout: 504,
  loop_detected: 508,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** The codes of a failed provider call; their details are `ProviderFailure`. */
export const providerErrorCodes = [
  'provider_error',
  'provider_rejected',
  'provider_unauthorized',
  'provider_not_found',
  'provider_rate_limited',
  'provider_overloaded',
  'provider_unreachable',
  'provider_bad_reply',
  'provider_interrupted',
  'provider_reply_too_large',
  'provider_timeout',
  'content_filtered',
  'empty_reply',
] as const satisfies readonly ErrorCode[];

export type ProviderErrorCode = (typeof providerErrorCodes)[number];

/** An error as it crosses a process boundary: never thrown, without a stack. */
export const errorInfo = z.object({
  code: z.enum(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]),
  /** For users: what, where, and what to do. */
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
  request_id: z.string(),
});
export type ErrorInfo = z.infer<typeof errorInfo>;

export type Envelope<T> = { ok: true; data: T } | { ok: false; error: ErrorInfo };
