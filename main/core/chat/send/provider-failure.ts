import type { Attempt, ProviderFailure } from '../../../../contract/chat.ts';
import { AppError } from '../../lib/app-error.ts';
import type { Redactor } from '../../lib/redact.ts';
import type { TransportError } from '../../net/transport-error.ts';
import type { Plan } from '../plan/plan.ts';

/**
 * A failed attempt as the caller's error: the provider's message with secrets redacted, and our hint
 * separately.
 */
export function providerFailure(
  failure: TransportError,
  plan: Plan,
  attempts: Attempt[],
  redactor: Redactor,
): AppError {
  const provider = plan.resolved.provider.name;
  const status = failure.status === null ? '' : ` (HTTP ${failure.status})`;
  const details: ProviderFailure = {
    provider,
    model: plan.model.id,
    upstream_status: failure.status,
    upstream_code: failure.upstreamCode,
    upstream_message: failure.message,
    ...(failure.body ? { upstream_body: failure.body } : {}),
    ...(failure.retryAfterMs === undefined ? {} : { retry_after_ms: failure.retryAfterMs }),
    attempts,
    ...(failure.hint ? { hint: failure.hint } : {}),
    ...(failure.connection ? { connection: failure.connection } : {}),
  };
  const message = redactor.redact(`${provider}${status}: ${failure.message}`);
  return new AppError(failure.code, message, redactor.redactDeep(details));
}
