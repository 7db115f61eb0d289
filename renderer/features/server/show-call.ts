import { request } from '../../api/client.ts';
import { errorText } from '../../api/error-text.ts';
import { errorInfoOf } from '../../api/operation-error.ts';
import { serverMessages } from '../../messages/server-messages.ts';
import { goTo } from '../../state/view.ts';
import { toast } from '../../state/toasts.ts';

/** Opens the call of a request id. Callers may repeat their ids, so the newest call is taken. */
export async function showCall(requestId: string): Promise<void> {
  try {
    const { calls } = await request('calls.list', { text: requestId, limit: 20 });
    const call = calls.find((one) => one.request_id === requestId);
    if (call) goTo('history', call.id);
    else
      toast({
        kind: 'bad',
        title: serverMessages.server.log.noCall,
        description: serverMessages.server.log.noCallHelp,
      });
  } catch (thrown) {
    toast({ kind: 'bad', title: errorText(errorInfoOf(thrown)) });
  }
}
