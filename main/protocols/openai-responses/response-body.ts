import type { FinishReason, Usage } from '../../../contract/chat.ts';
import type { Answer, JsonObject, ReplyMeta } from '../define.ts';
import {
  callsOf,
  estimatedField,
  knownUsage,
  noticesOf,
  replyText,
  warningsField,
} from '../shared/answer.ts';
import { callItem, messageItem, reasoningItem, refusalItem } from './output-items.ts';
import type { ResponsesWanted } from './wanted.ts';

type Meta = ReplyMeta<ResponsesWanted>;

/** The fields that differ between the states of one response. */
export interface ResponseState {
  id: string;
  createdAt: number;
  model: string;
  status: 'in_progress' | 'completed' | 'incomplete' | 'failed';
  output: JsonObject[];
  usage: Usage | null;
  finish: FinishReason | null;
  error: JsonObject | null;
  notices: readonly string[];
}

/** Seconds since 1970. */
export const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** The `response` object. Source: platform.openai.com/docs/api-reference/responses/object */
export function responseObject(state: ResponseState, { wanted, now }: Meta): JsonObject {
  const { id, createdAt, model, status, output, usage, finish, error } = state;
  return {
    id,
    object: 'response',
    created_at: createdAt,
    completed_at: status === 'completed' ? seconds(now()) : null,
    status,
    background: false,
    error,
    incomplete_details: status === 'incomplete' ? { reason: incompleteReason(finish) } : null,
    model,
    output,
    previous_response_id: null,
    store: false,
    truncation: 'disabled',
    usage: usage && responseUsage(usage),
    ...wanted.echo,
    ...warningsField(state.notices),
  };
}

/** A truncated reply is incomplete. */
export function statusOf(finish: FinishReason | null): 'completed' | 'incomplete' {
  return finish === 'length' || finish === 'content_filter' ? 'incomplete' : 'completed';
}

function incompleteReason(finish: FinishReason | null): string {
  return finish === 'content_filter' ? 'content_filter' : 'max_output_tokens';
}

function responseUsage(usage: Usage): JsonObject {
  const { prompt_tokens, completion_tokens, total_tokens, cached_tokens = 0, reasoning_tokens = 0 } = usage;
  return {
    input_tokens: prompt_tokens,
    // Cache writes are not in the neutral counts.
    input_tokens_details: { cached_tokens, cache_write_tokens: 0 },
    output_tokens: completion_tokens,
    output_tokens_details: { reasoning_tokens },
    total_tokens,
    ...estimatedField(usage),
  };
}

/** A complete answer: reasoning, text and calls as items, in this order. */
export function fromAnswer(answer: Answer, meta: Meta): JsonObject {
  const { newId, now } = meta;
  const finish = answer.data.finish_reason;
  const status = answer.refusal === undefined ? statusOf(finish) : 'completed';
  const output: JsonObject[] = [];
  if (answer.data.reasoning) output.push(reasoningItem(`rs_${newId()}`, answer.data.reasoning));
  const text = replyText(answer);
  const calls = callsOf(answer, meta);
  if (answer.refusal !== undefined) output.push(refusalItem(`msg_${newId()}`, answer.refusal));
  else if (text !== '' || calls.length === 0) output.push(messageItem(`msg_${newId()}`, text, status));
  for (const call of calls)
    output.push(callItem(`fc_${newId()}`, call, call.function.arguments, 'completed'));
  return responseObject(
    {
      id: `resp_${newId()}`,
      createdAt: seconds(now()),
      model: answer.model,
      status,
      output,
      usage: knownUsage(answer.usage),
      finish,
      error: null,
      notices: noticesOf(meta, answer),
    },
    meta,
  );
}
