import { useOperation } from '../../../api/use-operation.ts';

/** Whether no provider has answered a call yet, as far as the call log knows; false until it is known. */
export function useNoReplyYet(): boolean {
  const { data } = useOperation('calls.list', { mode: 'live', ok: true, limit: 1 });
  return data?.calls.length === 0;
}
