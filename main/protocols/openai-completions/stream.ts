import type { ErrorInfo } from '../../../contract/errors.ts';
import type { Answer, JsonObject, ProtocolEvent, ReplyMeta, ReplyStream } from '../define.ts';
import { BaseStream } from '../shared/base-stream.ts';
import { openAiUsageOf, warningsField } from '../shared/answer.ts';
import { openAiErrorObject } from '../shared/openai-error.ts';
import { choice, completionFinish, completionObject, reasoningNotice } from './completion-body.ts';
import type { CompletionsWanted } from './to-chat.ts';

/** A reply as `text_completion` chunks, then the token counts if requested, then the end mark. */
export class CompletionsStream extends BaseStream<CompletionsWanted> implements ReplyStream {
  readonly #id: string;
  readonly #created: number;
  #thought = false;

  constructor(meta: ReplyMeta<CompletionsWanted>) {
    super(meta);
    this.#id = `cmpl-${meta.newId()}`;
    this.#created = Math.floor(meta.now() / 1000);
  }

  delta(text: string): ProtocolEvent[] {
    return [this.#chunk([choice(text, null)])];
  }

  reasoning(): ProtocolEvent[] {
    this.#thought = true;
    return [];
  }

  tool(): ProtocolEvent[] {
    return [];
  }

  done(answer: Answer): ProtocolEvent[] {
    const { usage: counts, notices } = this.closing(answer);
    if (this.#thought) notices.push(reasoningNotice);
    const last = this.#chunk(
      [choice('', completionFinish(answer.data.finish_reason))],
      warningsField(notices),
    );
    const usage = openAiUsageOf(counts);
    return [last, ...(this.meta.wanted.usage ? [this.#chunk([], { usage })] : []), { data: '[DONE]' }];
  }

  error(info: ErrorInfo): ProtocolEvent[] {
    return [{ data: { error: openAiErrorObject(info) } }];
  }

  #chunk(choices: JsonObject[], more: JsonObject = {}): ProtocolEvent {
    const head = { id: this.#id, created: this.#created, model: this.model, choices };
    const usage = this.meta.wanted.usage ? { usage: null } : {};
    return { data: { ...completionObject(head), ...usage, ...more } };
  }
}
