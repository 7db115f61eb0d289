import { z } from 'zod';
import { budgetView, callDetail, callId, callPage, callQuery, spendView } from '../call-log.ts';
import { chatAnswer, dryRunAnswer } from '../chat.ts';
import { operation } from './define.ts';

const oneCall = z.strictObject({ id: callId });
const days = z.number().int().min(1).max(366).default(30);

export const callsOperations = {
  'calls.list': operation('query', callQuery, callPage),
  'calls.get': operation('query', oneCall, z.object({ call: callDetail })),
  /** What the call would be today; nothing is sent. */
  'calls.plan': operation('command', oneCall, dryRunAnswer),
  /** The call made again, as it was asked for: it may cost money again. */
  'calls.replay': operation('stream', oneCall, chatAnswer),
  'calls.spend': operation('query', z.strictObject({ days }), spendView),
  'budget.get': operation('query', z.strictObject({}), budgetView),
};
