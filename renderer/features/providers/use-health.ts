import { useMemo } from 'react';
import type { Diagnostics } from '../../../contract/provider.ts';
import { useOperation } from '../../api/use-operation.ts';

export interface Health {
  /** By provider; empty until someone has asked. */
  byName: ReadonlyMap<string, Diagnostics>;
  checking: boolean;
  error: string | null;
  /** Asks every provider for its free model list; nothing paid is called. */
  check: () => void;
}

/** The health of all providers, only ever asked for by hand. */
export function useHealth(): Health {
  const { data, isFetching, error, refetch } = useOperation(
    'registry.get',
    { diagnostics: true },
    { enabled: false },
  );
  const byName = useMemo(
    () =>
      new Map(data?.providers.flatMap(({ name, diagnostics }) => (diagnostics ? [[name, diagnostics]] : []))),
    [data],
  );
  return { byName, checking: isFetching, error: error?.message ?? null, check: () => void refetch() };
}
