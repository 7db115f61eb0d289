import { randomUUID } from 'node:crypto';
import type { ChatAnswer, FinishReason, ToolCall, Usage } from '../../../contract/chat.ts';
import type { ChatCompletion, OpenAiFinish, OpenAiUsage } from '../../../contract/operations/openai.ts';
import { noticesOf, warningsField } from '../../protocols/shared/answer.ts';

const compactId = () => randomUUID().replaceAll('-', '');

/** A new id of a completion. */
export const completionId = () => `chatcmpl-${compactId()}`;

/** An id for a call whose provider gives none; a client names the call's result by it. */
export const callId = () => `call_${compactId().slice(0, 24)}`;

/** Seconds since 1970. */
export const createdNow = () => Math.floor(Date.now() / 1000);

/** OpenAI's finish reason; its clients refuse a reply without one. */
export function finishOf(reason: FinishReason | null, calls: boolean): OpenAiFinish {
  if (reason === null || reason === 'other') return calls ? 'tool_calls' : 'stop';
  return reason;
}

/** Token counts in OpenAI's nesting. */
export function usageOf({ cached_tokens, reasoning_tokens, estimated, ...counts }: Usage): OpenAiUsage {
  const { prompt_tokens, completion_tokens, total_tokens } = counts;
  return {
    prompt_tokens,
    completion_tokens,
    total_tokens,
    ...(cached_tokens === undefined ? {} : { prompt_tokens_details: { cached_tokens } }),
    ...(reasoning_tokens === undefined ? {} : { completion_tokens_details: { reasoning_tokens } }),
    ...(estimated ? { estimated } : {}),
  };
}

const named = (call: ToolCall): ToolCall => ({ ...call, id: call.id || callId() });

/** An answer of another protocol as OpenAI's chat completion. A reply that had to be repaired is given repaired. */
export function completionOf(answer: ChatAnswer): ChatCompletion {
  const { model, data } = answer;
  const { tool_calls: calls = [], reasoning, usage } = data;
  const content = data.repaired ? JSON.stringify(data.json) : data.reply;
  return {
    id: completionId(),
    object: 'chat.completion',
    created: createdNow(),
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: content === '' && calls.length ? null : content,
          refusal: null,
          ...(reasoning ? { reasoning_content: reasoning } : {}),
          ...(calls.length ? { tool_calls: calls.map(named) } : {}),
        },
        logprobs: null,
        finish_reason: finishOf(data.finish_reason, calls.length > 0),
      },
    ],
    ...(usage ? { usage: usageOf(usage) } : {}),
    ...warningsField(noticesOf({ warnings: [] }, answer)),
  };
}
