import { create } from 'zustand';
import type { ErrorInfo } from '../../../contract/errors.ts';
import type { LocalServer } from '../../../contract/local-servers.ts';
import { request } from '../../api/client.ts';
import { errorInfoOf } from '../../api/operation-error.ts';

interface LocalSearch {
  looking: boolean;
  /** null until someone has looked. */
  servers: readonly LocalServer[] | null;
  error: ErrorInfo | null;
}

/** What the last look at this machine found; the same wherever it is shown. */
export const useLocalSearch = create<LocalSearch>(() => ({ looking: false, servers: null, error: null }));

/** Asks the loopback addresses where model servers usually are; only ever called for a click. */
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
