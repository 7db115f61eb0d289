import { usePath } from '../../state/view.ts';

export const pageIds = ['state', 'connect', 'local', 'log', 'flags', 'spend'] as const;
export type PageId = (typeof pageIds)[number];

/** What is open: a page, or an endpoint by method and path. */
export type OpenItem = { page: PageId } | { endpoint: string };

/** Reads the address: `#/server/log`, `#/server/endpoint/GET%20%2Fhealth`. */
export function openItemIn([name, key]: readonly string[]): OpenItem {
  if (name === 'endpoint' && key !== undefined) return { endpoint: key };
  return { page: pageIds.find((id) => id === name) ?? 'state' };
}

export function useOpen(): OpenItem {
  return openItemIn(usePath());
}

export const endpointKey = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
