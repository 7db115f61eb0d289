import type { ListedKey as KeyView } from '../../../contract/provider.ts';
import { detailOf } from '../lib/coded-text.ts';
import { last4Of } from '../lib/redact.ts';
import type { Provider } from '../registry/model/model.ts';
import type { KeyFinder } from '../secrets/key-finder.ts';
import type { KeyPool, KeyStatus } from '../secrets/key-pool.ts';

/** Every key of a provider with its status, for display: at most the last four characters. */
export async function keyList(keys: KeyFinder, pool: KeyPool, provider: Provider): Promise<KeyView[]> {
  const listed = keys.list(provider);
  const found = listed.flatMap((one) => one.found ?? []);
  // A single key is never set aside, so its status is not queried.
  const statuses = found.length > 1 ? await pool.statuses(found) : [];
  const statusOf = new Map(found.map((key, at) => [key.id, statuses[at]] as const));
  return listed.map(({ id, label, source, state, origin, problem, isFirst, found: key }) => {
    const last4 = last4Of(key?.key);
    return {
      id,
      label,
      source,
      first: isFirst,
      ...(last4 ? { last4 } : {}),
      state,
      ...(problem === null ? {} : { problem: problem.message, problem_detail: detailOf(problem) }),
      origin,
      ...statusView(statusOf.get(id) ?? { state: 'free' }),
    };
  });
}

function statusView(status: KeyStatus): Pick<KeyView, 'status' | 'until' | 'reason'> {
  if (status.state === 'free') return { status: 'free' };
  const { state, reason } = status;
  const until = state === 'cooling' ? { until: new Date(status.until).toISOString() } : {};
  return { status: state, ...until, reason };
}
