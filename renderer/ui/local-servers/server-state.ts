import type { LocalServer } from '../../../contract/local-servers.ts';

export type ServerState = LocalServer['status'] | 'needs_key';

/** What a search found at an address. A server that answers 401 or 403 is there, and asks for a key. */
export function serverStateOf({
  status,
  http_status: answered,
}: Pick<LocalServer, 'status' | 'http_status'>): ServerState {
  return status === 'error' && (answered === 401 || answered === 403) ? 'needs_key' : status;
}
