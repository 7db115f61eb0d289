import { z } from 'zod';
import { chatAnswer, chatRequest, dryRunAnswer, testCallAnswer, testCallRequest } from '../chat.ts';
import { operation } from './define.ts';

export const chatOperations = {
  /** The dry run of a call without a line in the call log: for what is shown while somebody types. */
  'chat.preview': operation('query', chatRequest, dryRunAnswer),
  'chat.send': operation('command', chatRequest, z.union([dryRunAnswer, chatAnswer])),
  'chat.stream': operation('stream', chatRequest, chatAnswer),
  /** Ends the wait of a call that the provider asked to wait: its next attempt goes out now. */
  'chat.sendNow': operation(
    'command',
    z.strictObject({ request_id: z.string() }),
    z.object({ was_waiting: z.boolean() }),
  ),
  'chat.test': operation('command', testCallRequest, testCallAnswer),
};
