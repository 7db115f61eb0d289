import type { ToolDelta, Usage } from '../../../contract/chat.ts';
import type { ErrorInfo } from '../../../contract/errors.ts';
import type { Dropped } from '../../../contract/plan.ts';
import type { Answer, JsonObject, ProtocolEvent, ReplyMeta, ReplyStream } from '../define.ts';
import { knownUsage, noticesOf, warningsField } from '../shared/answer.ts';
import { ToolPieces } from '../shared/tool-pieces.ts';
import { errorBody } from './errors.ts';
import { callOf, candidate, ending, promptFeedback, textOf, thoughtOf, usageMetadata } from './reply.ts';
import type { GeminiWanted } from './to-chat.ts';

/** A reply as pieces of `GenerateContentResponse`. Calls come whole, as Gemini gives them, before the last piece. */
export class GeminiStream implements ReplyStream {
  readonly #meta: ReplyMeta<GeminiWanted>;
  readonly #id: string;
  readonly #pieces: ToolPieces;
  #model = '';
  #notices: readonly string[];
  #usage: Usage | null = null;

  constructor(meta: ReplyMeta<GeminiWanted>) {
    this.#meta = meta;
    this.#id = meta.newId();
    this.#pieces = new ToolPieces(meta.newId);
    this.#notices = meta.warnings;
  }

  start({ model }: { provider: string; model: string }, dropped: readonly Dropped[]): void {
    this.#model = model;
    this.#notices = noticesOf(this.#meta, { dropped });
  }

  delta(text: string): ProtocolEvent[] {
    return [this.#chunk(candidate([textOf(text)]))];
  }

  reasoning(text: string): ProtocolEvent[] {
    return this.#meta.wanted.includeThoughts ? [this.#chunk(candidate([thoughtOf(text)]))] : [];
  }

  tool(part: ToolDelta): ProtocolEvent[] {
    this.#pieces.add(part);
    return [];
  }

  usage(usage: Usage): void {
    this.#usage = usage;
  }

  done(answer: Answer): ProtocolEvent[] {
    this.#model ||= answer.model;
    const calls = this.#pieces.all().map(callOf);
    const usage = usageMetadata(knownUsage(answer.usage ?? this.#usage));
    const notices = warningsField(noticesOf({ warnings: this.#notices }, answer));
    return [
      ...(calls.length > 0 ? [this.#chunk(candidate(calls))] : []),
      this.#chunk(candidate([textOf('')], ending(answer)), {
        usageMetadata: usage,
        ...promptFeedback(answer),
        ...notices,
      }),
    ];
  }

  error(info: ErrorInfo): ProtocolEvent[] {
    return [{ data: errorBody(info) }];
  }

  #chunk(one: JsonObject, more: JsonObject = {}): ProtocolEvent {
    return { data: { candidates: [one], modelVersion: this.#model, responseId: this.#id, ...more } };
  }
}
