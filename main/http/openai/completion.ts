import { randomUUID } from 'node:crypto';
import type { ChatAnswer, FinishReason, ToolCall } from '../../../contract/chat.ts';
import type { ChatCompletion, OpenAiFinish } from '../../../contract/operations/openai.ts';
import { noticesOf, openAiUsageOf, warningsField } from '../../protocols/shared/answer.ts';

const compactId = () => randomUUID().replaceAll('-', '');

/** A new completion id. */
export const completionId = () => `chatcmpl-${compactId()}`;

/** An id for a tool call whose provider sends none; clients refer to the call by it. */
export const callId = () => `call_${compactId().slice(0, 24)}`;

/** Seconds since 1970. */
export const createdNow = () => Math.floor(Date.now() / 1000);

/** OpenAI's finish reason; its clients reject a reply without one. */
export function finishOf(reason: FinishReason | null, calls: boolean): OpenAiFinish {
  if (reason === null || reason === 'other') return calls ? 'tool_calls' : 'stop';
  return reason;
}

const named = (call: ToolCall): ToolCall => ({ ...call, id: call.id || callId() });

/** An answer from another protocol as an OpenAI chat completion. A repaired reply is returned repaired. */
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
    ...(usage ? { usage: openAiUsageOf(usage) } : {}),
    ...warningsField(noticesOf({ warnings: [] }, answer)),
  };
}
