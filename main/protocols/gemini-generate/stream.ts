import type { ToolDelta } from '../../../contract/chat.ts';
import type { ErrorInfo } from '../../../contract/errors.ts';
import type { Answer, JsonObject, ProtocolEvent, ReplyMeta, ReplyStream } from '../define.ts';
import { BaseStream } from '../shared/base-stream.ts';
import { warningsField } from '../shared/answer.ts';
import { errorBody } from './errors.ts';
import { callOf, candidate, ending, promptFeedback, textOf, thoughtOf, usageMetadata } from './reply.ts';
import type { GeminiWanted } from './to-chat.ts';

/**
 * A reply as stream parts of `GenerateContentResponse`. Calls are sent complete, as in Gemini, before the
 * last part.
 */
export class GeminiStream extends BaseStream<GeminiWanted> implements ReplyStream {
  readonly #id: string;

  constructor(meta: ReplyMeta<GeminiWanted>) {
    super(meta);
    this.#id = meta.newId();
  }

  delta(text: string): ProtocolEvent[] {
    return [this.#chunk(candidate([textOf(text)]))];
  }

  reasoning(text: string): ProtocolEvent[] {
    return this.meta.wanted.includeThoughts ? [this.#chunk(candidate([thoughtOf(text)]))] : [];
  }

  tool(part: ToolDelta): ProtocolEvent[] {
    this.pieces.add(part);
    return [];
  }

  done(answer: Answer): ProtocolEvent[] {
    const calls = this.pieces.all().map(callOf);
    const { usage, notices } = this.closing(answer);
    return [
      ...(calls.length > 0 ? [this.#chunk(candidate(calls))] : []),
      this.#chunk(candidate([textOf('')], ending(answer)), {
        usageMetadata: usageMetadata(usage),
        ...promptFeedback(answer),
        ...warningsField(notices),
      }),
    ];
  }

  error(info: ErrorInfo): ProtocolEvent[] {
    return [{ data: errorBody(info) }];
  }

  #chunk(one: JsonObject, more: JsonObject = {}): ProtocolEvent {
    return { data: { candidates: [one], modelVersion: this.model, responseId: this.#id, ...more } };
  }
}
