import { z } from 'zod';
import {
  budgetView,
  callCharts,
  callDetail,
  callFilterQuery,
  callId,
  callIndex,
  callIndexQuery,
  callPage,
  callQuery,
  callTotals,
  spendView,
  unknownSpend,
} from '../call-log.ts';
import { chatAnswer, dryRunAnswer } from '../chat.ts';
import { operation } from './define.ts';

const oneCall = z.strictObject({ id: callId });
const spendTouches = ['spend.get', 'budget.get', 'calls.spend'];
const days = z.number().int().min(1).max(366).default(30);

export const callsOperations = {
  'calls.list': operation('query', callQuery, callPage),
  /** The ids of thousands of calls, for a list that loads records only for its visible rows. */
  'calls.index': operation('query', callIndexQuery, callIndex),
  /** Totals over all calls that pass the filter. */
  'calls.totals': operation('query', callFilterQuery, callTotals),
  'calls.charts': operation('query', z.strictObject({ days }), callCharts),
  /** Deletes calls from the log, with their messages and replies. Their cost still counts as spent. */
  'calls.delete': operation(
    'command',
    z.strictObject({ ids: z.array(callId).min(1).max(5000) }),
    z.object({ deleted: z.number().int() }),
    ['calls.list', 'calls.index', 'calls.totals', 'calls.charts'],
  ),
  'calls.get': operation('query', oneCall, z.object({ call: callDetail })),
  /** What the call would send today; nothing is sent. */
  'calls.plan': operation('command', oneCall, dryRunAnswer),
  /** Replays the call with its original request, so it may cost money again. */
  'calls.replay': operation('stream', oneCall, chatAnswer),
  'calls.spend': operation('query', z.strictObject({ days }), spendView),
  'budget.get': operation('query', z.strictObject({}), budgetView),
  /** What was spent, what is reserved, and each call of unknown cost. */
  'spend.get': operation(
    'query',
    z.strictObject({ days }),
    z.object({ ...spendView.shape, budget: budgetView, unknown: z.array(unknownSpend) }),
  ),
  /** Settles a call of unknown cost by hand, from 0 to its bound. */
  'spend.settle': operation(
    'command',
    z.strictObject({ id: z.string(), usd: z.number().min(0) }),
    z.object({ budget: budgetView }),
    spendTouches,
  ),
  /** Queries the provider for the real cost of a call of unknown cost, and settles it; free of charge. */
  'spend.verify': operation(
    'command',
    z.strictObject({ id: z.string() }),
    z.object({ usd: z.number(), budget: budgetView }),
    spendTouches,
  ),
};
