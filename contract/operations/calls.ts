import { z } from 'zod';
import { budgetView, callDetail, callId, callPage, callQuery, spendView } from '../call-log.ts';
import { operation } from './define.ts';

const days = z.number().int().min(1).max(366).default(30);

export const callsOperations = {
  'calls.list': operation('query', callQuery, callPage),
  'calls.get': operation('query', z.strictObject({ id: callId }), z.object({ call: callDetail })),
  'calls.spend': operation('query', z.strictObject({ days }), spendView),
  'budget.get': operation('query', z.strictObject({}), budgetView),
};
