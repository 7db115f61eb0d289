import type { FinishReason } from '../../../contract/chat.ts';
import type { Answer, JsonObject, ReplyMeta } from '../define.ts';
import { knownUsage, noticesOf, openAiUsageOf, replyText, warningsField } from '../shared/answer.ts';
import type { CompletionsWanted } from './to-chat.ts';

export const reasoningNotice = 'the model’s reasoning was left out: a text completion has no place for it';

/** Text completions have only three finish reasons. */
export function completionFinish(finish: FinishReason | null): string {
  return finish === 'length' || finish === 'content_filter' ? finish : 'stop';
}

/** A complete completion, or one chunk of a stream: both have the same format. */
export function completionObject(fields: {
  id: string;
  created: number;
  model: string;
  choices: JsonObject[];
}): JsonObject {
  const { id, created, model, choices } = fields;
  return { id, object: 'text_completion', created, model, choices };
}

export function choice(text: string, finish_reason: string | null): JsonObject {
  return { index: 0, text, logprobs: null, finish_reason };
}

export function fromAnswer(answer: Answer, meta: ReplyMeta<CompletionsWanted>): JsonObject {
  const finish = completionFinish(answer.data.finish_reason);
  const notices = noticesOf(meta, answer);
  if (answer.data.reasoning) notices.push(reasoningNotice);
  return {
    ...completionObject({
      id: `cmpl-${meta.newId()}`,
      created: Math.floor(meta.now() / 1000),
      model: answer.model,
      choices: [choice(replyText(answer), finish)],
    }),
    usage: openAiUsageOf(knownUsage(answer.usage)),
    ...warningsField(notices),
  };
}
