import { create } from 'zustand';
import type { ErrorInfo } from '../../../contract/errors.ts';
import type { LocalServer } from '../../../contract/local-servers.ts';
import { request } from '../../api/client.ts';
import { errorInfoOf } from '../../api/operation-error.ts';

interface LocalSearch {
  looking: boolean;
  /** null before the first search. */
  servers: readonly LocalServer[] | null;
  error: ErrorInfo | null;
}

/** The result of the last search on this machine, shared by all views. */
export const useLocalSearch = create<LocalSearch>(() => ({ looking: false, servers: null, error: null }));

/** Queries the loopback addresses where model servers usually listen; called only on a click. */
export async function findLocalServers(): Promise<void> {
  if (useLocalSearch.getState().looking) return;
  useLocalSearch.setState({ looking: true, error: null });
  try {
    const { servers } = await request('local.find', {});
    useLocalSearch.setState({ looking: false, servers });
  } catch (thrown) {
    useLocalSearch.setState({ looking: false, error: errorInfoOf(thrown) });
  }
}
