import type { Plan } from '../chat/plan/plan.ts';
import { AppError } from '../lib/app-error.ts';
import { last4Of } from '../lib/redact.ts';

/** The last four characters of the key that a plan is sent with, as the call log has them; null where there are none. */
export const keyLast4 = ({ adapter, key }: Plan): string | null =>
  (adapter.auth && last4Of(key?.key)) || null;

/**
 * The plan with the key that made a batch: a provider shows a batch to its own account only, and a project may have
 * another favourite among several keys by now.
 * @param last4 of that key; null where it is not known, then the plan's own key is as good as any
 * @param batch how texts for people name it
 * @throws AppError `missing_key` where the provider has no such key here any more
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
