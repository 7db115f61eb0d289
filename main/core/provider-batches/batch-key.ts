import type { Plan } from '../chat/plan/plan.ts';
import { AppError } from '../lib/app-error.ts';
import { last4Of } from '../lib/redact.ts';

/** The last four characters of a plan's key, as in the call log; null if there are none. */
export const keyLast4 = ({ adapter, key }: Plan): string | null =>
  (adapter.auth && last4Of(key?.key)) || null;

/**
 * The plan with the key that created a batch: a provider shows a batch only to its own account, and the
 * project's preferred key may have changed.
 * @param last4 of that key; null if it is unknown, then the plan's own key is used
 * @param batch its name in messages
 * @throws AppError `missing_key` if the provider no longer has such a key here
 */
export function withKeyOf(plan: Plan, last4: string | null, batch: string): Plan {
  if (last4 === null || keyLast4(plan) === last4) return plan;
  const key = plan.keys.find((one) => last4Of(one.key) === last4);
  if (key) return { ...plan, key };
  throw new AppError(
    'missing_key',
    `${batch} was made with the key ••••${last4}, which is not among the keys of ${plan.resolved.provider.name} on this machine: save that key again, or run where it is saved. The batch stays at the provider until then`,
    { provider: plan.resolved.provider.name, key_last4: last4 },
  );
}
