import type { ErrorCode } from '../../contract/errors.ts';

/** The process's exit codes. They are part of the public interface: scripts and CI rely on them. */
export const exitCodes = {
  ok: 0,
  /** A bug in the program itself. */
  internal: 1,
  /** The command line, an input file, or a name in it is invalid. */
  usage: 2,
  /** `check` found problems. */
  faults: 3,
  /** A flag, a key, the budget or the model's retirement prevented the call; nothing was sent. */
  refused: 4,
  /** The provider failed, or its reply did not match the schema. */
  provider: 5,
  /** A batch has ended, and some of its lines have no reply. */
  incomplete: 6,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Sets the exit code of a command that does not throw. */
export type Finish = (code: ExitCode) => void;

const { internal, usage, refused, provider } = exitCodes;

/** Maps every error code to an exit code. The type requires an entry for each code. */
export const exitCodeOf: Record<ErrorCode, ExitCode> = {
  invalid_request: usage,
  forbidden_key: usage,
  unsafe_address: refused,
  parameter_refused: refused,
  token_required: refused,
  budget_exceeded: refused,
  cost_unbounded: refused,
  price_unknown: refused,
  feature_disabled: refused,
  missing_key: refused,
  not_configured: refused,
  forbidden_host: refused,
  forbidden_origin: refused,
  unknown_provider: usage,
  unknown_model: usage,
  unknown_module: usage,
  unknown_route: usage,
  not_found: usage,
  method_not_allowed: usage,
  ambiguous_model: usage,
  model_retired: refused,
  id_taken: usage,
  key_locked: refused,
  body_too_large: usage,
  unsupported_media_type: usage,
  registry_invalid: usage,
  pack_variables_invalid: usage,
  pack_template_failed: usage,
  output_schema_mismatch: provider,
  file_unreadable: usage,
  too_many_attempts: refused,
  cancelled: exitCodes.interrupted,
  request_timeout: usage,
  internal_error: internal,
  provider_error: provider,
  provider_rejected: provider,
  provider_unauthorized: provider,
  provider_not_found: provider,
  provider_rate_limited: provider,
  provider_overloaded: provider,
  provider_unreachable: provider,
  provider_bad_reply: provider,
  provider_interrupted: provider,
  provider_reply_too_large: provider,
  content_filtered: provider,
  empty_reply: provider,
  emulation_off: refused,
  ledger_unavailable: refused,
  server_busy: provider,
  shutting_down: provider,
  provider_timeout: provider,
  loop_detected: refused,
};
