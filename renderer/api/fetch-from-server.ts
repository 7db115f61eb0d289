import { messages } from '../messages.ts';
import { denyAccess } from './access-state.ts';
import { accessToken } from './access-token.ts';
import { OperationError, pageError, unwrap } from './operation-error.ts';
import { readFailure } from './read-failure.ts';

/**
 * Fetches an upload or a download, which are not operations, from the server that served the page.
 * @throws OperationError the server's own error, or that it did not answer
 */
export async function fetchFromServer(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { ...init.headers, authorization: `Bearer ${accessToken ?? ''}` };
  const response = await fetch(path, { ...init, headers }).catch(() => {
    throw new OperationError(pageError('internal_error', messages.transport.unreachable));
  });
  if (response.status === 401) denyAccess('wrong_token');
  if (response.ok) return response;
  const failure = readFailure(await response.json().catch(() => null), '');
  if (failure) unwrap(failure);
  throw new OperationError(pageError('internal_error', messages.transport.notJson(response.status)));
}
