import type { ChatResult } from '../../../adapters/define.ts';
import type { Warning } from '../../../../contract/warnings.ts';
import { warning } from '../../lib/warning.ts';
import { TransportError } from '../../net/transport-error.ts';
import type { Plan } from '../plan/plan.ts';
import { checkReply } from '../plan/reply-schema.ts';
import type { SendOutcome } from './send-once.ts';

export interface CheckedContent {
  result: ChatResult;
  /** Set if the reply is empty. */
  empty: TransportError | null;
  warnings: Warning[];
}

/**
 * Checks that a complete reply contains text or a tool call. JSON that fits the schema also counts if the
 * model wrote it only into its reasoning (Qwen and others on local servers).
 */
export function checkContent(plan: Plan, { result, status }: SendOutcome): CheckedContent {
  if (result.text.trim() !== '' || result.toolCalls.length > 0)
    return { result, empty: null, warnings: cutWarning(plan, result) };
  // A caller who gets the provider's own bytes sees the refusal there.
  if (result.filtered !== undefined && plan.passThrough) return { result, empty: null, warnings: [] };
  if (result.filtered !== undefined)
    return {
      result,
      empty: new TransportError('content_filtered', result.filtered, { status }),
      warnings: [],
    };
  const { reasoning } = result;
  if (plan.schema && reasoning && checkReply(plan.schema, reasoning, result.finish).fits) {
    const { reasoning: _moved, ...rest } = result;
    const note = 'the reply was empty, and its JSON was found in the thinking of the model';
    return {
      result: { ...rest, text: reasoning },
      empty: null,
      warnings: [warning('reply_from_reasoning', {}, note)],
    };
  }
  return {
    result,
    empty: new TransportError('empty_reply', emptyReason(plan, result), { status }),
    warnings: [],
  };
}

function emptyReason(plan: Plan, { reasoning, finish }: ChatResult): string {
  if (finish === 'length')
    return `the model spent its ${limitText(plan)} on reasoning and wrote no reply: raise max_tokens, or lower the reasoning level`;
  if (reasoning) return 'the model only reasoned and wrote no reply';
  return `the reply is empty${finish === null || finish === 'stop' ? '' : ` (finish reason: ${finish})`}`;
}

const limitOf = ({ billing, model }: Plan) => billing.maxOutput ?? model.maxOutput;

const limitText = (plan: Plan) => {
  const limit = limitOf(plan);
  return limit === null ? 'whole limit' : `${limit} tokens`;
};

/** A truncated text is still an answer, with a warning. */
function cutWarning(plan: Plan, { finish }: ChatResult): Warning[] {
  if (finish !== 'length') return [];
  const text = `the reply was truncated at its limit (${limitText(plan)}): raise max_tokens`;
  return [warning('reply_cut', { tokens: limitOf(plan) }, text)];
}
