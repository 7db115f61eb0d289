import type { ListedKey as KeyView } from '../../../contract/provider.ts';
import { last4Of } from '../lib/redact.ts';
import type { Provider } from '../registry/model/model.ts';
import type { KeyFinder } from '../secrets/key-finder.ts';
import type { KeyPool, KeyStanding } from '../secrets/key-pool.ts';

/** Every key of a provider and how it stands, for people: last four characters at most. */
export async function keyList(keys: KeyFinder, pool: KeyPool, provider: Provider): Promise<KeyView[]> {
  const listed = keys.list(provider);
  const found = listed.flatMap((one) => one.found ?? []);
  // One key is never held back, so nothing is asked about it.
  const standings = found.length > 1 ? await pool.standings(found) : [];
  const standingOf = new Map(found.map((key, at) => [key.id, standings[at]] as const));
  return listed.map(({ id, label, source, state, origin, problem, isFirst, found: key }) => {
    const last4 = last4Of(key?.key);
    return {
      id,
      label,
      source,
      first: isFirst,
      ...(last4 ? { last4 } : {}),
      state,
      ...(problem === null ? {} : { problem }),
      origin,
      ...standingView(standingOf.get(id) ?? { state: 'free' }),
    };
  });
}

function standingView(standing: KeyStanding): Pick<KeyView, 'standing' | 'until' | 'reason'> {
  if (standing.state === 'free') return { standing: 'free' };
  const { state, reason } = standing;
  const until = state === 'cooling' ? { until: new Date(standing.until).toISOString() } : {};
  return { standing: state, ...until, reason };
}
