import { useEffect, useState } from 'react';
import type { DryRunAnswer } from '../../../../contract/chat.ts';
import { request } from '../../../api/client.ts';
import { useOperation } from '../../../api/use-operation.ts';
import type { Column } from '../columns/columns.ts';
import type { BenchInput, BenchRequest } from '../input/chat-input.ts';
import { isPackRequest, planInput } from '../input/chat-input.ts';

/** Plans are requested after a pause in typing, in milliseconds. */
const debounceMs = 350;

interface Previews {
  /** The targets of these plans. */
  targets: string;
  plans: readonly (DryRunAnswer | null)[];
}

/** Null if the request cannot be planned; the reason is shown when it is run. */
async function planOf(benchRequest: BenchRequest | null, signal: AbortSignal): Promise<DryRunAnswer | null> {
  if (benchRequest === null) return null;
  const planned = isPackRequest(benchRequest)
    ? request('packs.plan', benchRequest, signal)
    : request('chat.preview', benchRequest, signal);
  return planned.catch(() => null);
}

/**
 * What each column would send now; undefined until that is known, null if it cannot be planned. While the text
 * changes, the previous plans are returned, but never those of another target.
 */
export function usePreviews(
  columns: readonly { column: Column; input: BenchInput | null }[],
): readonly (DryRunAnswer | null | undefined)[] {
  const { data: registry } = useOperation('registry.get', {});
  const [known, setKnown] = useState<Previews | null>(null);
  const targets = JSON.stringify(columns.map(({ column }) => column.target));
  const requestsKey = JSON.stringify(
    columns.map(({ column, input }) => input && planInput(column.target, input)),
  );
  useEffect(() => {
    // Keys, presets and prices decide what is sent, so a changed registry needs a new plan.
    if (!registry) return undefined;
    const abort = new AbortController();
    const requests = JSON.parse(requestsKey) as (BenchRequest | null)[];
    const timer = setTimeout(() => {
      void Promise.all(requests.map((one) => planOf(one, abort.signal))).then((plans) => {
        if (!abort.signal.aborted) setKnown({ targets, plans });
      });
    }, debounceMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [requestsKey, targets, registry]);
  return known?.targets === targets ? known.plans : columns.map(() => undefined);
}
