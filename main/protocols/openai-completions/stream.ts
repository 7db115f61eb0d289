import type { Usage } from '../../../contract/chat.ts';
import type { ErrorInfo } from '../../../contract/errors.ts';
import type { Dropped } from '../../../contract/plan.ts';
import type { Answer, JsonObject, ProtocolEvent, ReplyMeta, ReplyStream } from '../define.ts';
import { knownUsage, noticesOf, warningsField } from '../shared/answer.ts';
import { openAiErrorObject } from '../shared/openai-error.ts';

import {
  choice,
  completionFinish,
  completionObject,
  completionUsage,
  reasoningNotice,
} from './completion-body.ts';
import type { CompletionsWanted } from './to-chat.ts';

/** A reply as `text_completion` chunks, the token counts after the last where asked for, and the end mark. */
export class CompletionsStream implements ReplyStream {
  readonly #meta: ReplyMeta<CompletionsWanted>;
  readonly #id: string;
  readonly #created: number;
  #model = '';
  #notices: readonly string[];
  #usage: Usage | null = null;
  #thought = false;

  constructor(meta: ReplyMeta<CompletionsWanted>) {
    this.#meta = meta;
    this.#id = `cmpl-${meta.newId()}`;
    this.#created = Math.floor(meta.now() / 1000);
    this.#notices = meta.warnings;
  }

  start({ model }: { provider: string; model: string }, dropped: readonly Dropped[]): void {
    this.#model = model;
    this.#notices = noticesOf(this.#meta, { dropped });
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

  usage(usage: Usage): void {
    this.#usage = usage;
  }

  done(answer: Answer): ProtocolEvent[] {
    this.#model ||= answer.model;
    const notices = noticesOf({ warnings: this.#notices }, answer);
    if (this.#thought) notices.push(reasoningNotice);
    const last = this.#chunk(
      [choice('', completionFinish(answer.data.finish_reason))],
      warningsField(notices),
    );
    const usage = completionUsage(knownUsage(answer.usage ?? this.#usage));
    return [last, ...(this.#meta.wanted.usage ? [this.#chunk([], { usage })] : []), { data: '[DONE]' }];
  }

  error(info: ErrorInfo): ProtocolEvent[] {
    return [{ data: { error: openAiErrorObject(info) } }];
  }

  #chunk(choices: JsonObject[], more: JsonObject = {}): ProtocolEvent {
    const head = { id: this.#id, created: this.#created, model: this.#model, choices };
    const usage = this.#meta.wanted.usage ? { usage: null } : {};
    return { data: { ...completionObject(head), ...usage, ...more } };
  }
}
