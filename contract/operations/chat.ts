import { z } from 'zod';
import { chatAnswer, chatRequest, dryRunAnswer, testCallAnswer, testCallRequest } from '../chat.ts';
import { operation } from './define.ts';

export const chatOperations = {
  /** A dry run without an entry in the call log, for previews while the user types. */
  'chat.preview': operation('query', chatRequest, dryRunAnswer),
  'chat.send': operation('command', chatRequest, z.union([dryRunAnswer, chatAnswer])),
  'chat.stream': operation('stream', chatRequest, chatAnswer),
  /** Ends the wait that a provider asked for: the call's next attempt is sent now. */
  'chat.sendNow': operation(
    'command',
    z.strictObject({ request_id: z.string() }),
    z.object({ was_waiting: z.boolean() }),
  ),
  'chat.test': operation('command', testCallRequest, testCallAnswer),
};
