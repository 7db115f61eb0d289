import type { ChatAnswer, ToolDelta, Usage } from '../../../contract/chat.ts';
import type { Envelope } from '../../../contract/errors.ts';
import type { Dropped } from '../../../contract/plan.ts';
import type { StreamListener } from '../../core/chat/reply/stream-listener.ts';
import type { Protocol, ProtocolEvent, ReplyMeta, ReplyStream, Wanted } from '../../protocols/define.ts';
import { contentTypes, newFramer, type Framer } from '../../protocols/frame.ts';
import { refusedAnswer } from '../../protocols/shared/refusal.ts';
import { answerError } from '../answer.ts';
import type { HttpCall } from '../http-call.ts';
import { answeredBy } from '../openai/headers.ts';
import { StreamResponse } from '../stream-response.ts';

/**
 * A chat's stream in a protocol's own events. The headers are sent with the first part of the reply, so that
 * a call that fails earlier has a proper HTTP status.
 */
export class ProtocolStream<W extends Wanted> implements StreamListener {
  readonly #call: HttpCall;
  readonly #showsRefusals: boolean;
  readonly #response: StreamResponse;
  readonly #stream: ReplyStream;
  readonly #framer: Framer;
  #headers: Record<string, string> = {};
  /** True if the provider's own bytes were passed through. */
  #passes = false;

  constructor(protocol: Protocol<W>, meta: ReplyMeta<W>, call: HttpCall) {
    const framing = protocol.framing(meta.wanted);
    this.#call = call;
    this.#showsRefusals = protocol.showsRefusals;
    this.#response = new StreamResponse(call.outgoing, call.context.requestId, contentTypes[framing]);
    this.#stream = protocol.newStream(meta);
    this.#framer = newFramer(framing);
  }

  #write(events: readonly ProtocolEvent[]): void | Promise<void> {
    if (events.length === 0) return undefined;
    return this.#response.write(this.#framer.write(events), this.#headers);
  }

  start = (of: { provider: string; model: string }, dropped: readonly Dropped[]) => {
    this.#headers = answeredBy(of.provider, of.model, dropped);
    this.#stream.start(of, dropped);
  };
  delta = (text: string) => this.#write(this.#stream.delta(text));
  reasoning = (text: string) => this.#write(this.#stream.reasoning(text));
  tool = (part: ToolDelta) => this.#write(this.#stream.tool(part));
  usage = (usage: Usage) => this.#stream.usage(usage);
  pass = () => (block: Buffer) => {
    this.#passes = true;
    return this.#response.write(block, this.#headers);
  };

  /** Ends the stream, after a complete reply or a broken one. */
  async end(envelope: Envelope<ChatAnswer>): Promise<void> {
    const refused = envelope.ok || !this.#showsRefusals ? null : refusedAnswer(envelope.error);
    if (!envelope.ok && !refused && !this.#response.begun) return answerError(this.#call, envelope.error);
    if (envelope.ok && this.#passes) return this.#response.end();
    const answer = envelope.ok ? envelope.data : refused;
    const events = answer ? this.#stream.done(answer) : envelope.ok ? [] : this.#stream.error(envelope.error);
    for (const { data } of events) if (data !== '[DONE]') this.#call.items.keep(data['response']);
    await this.#response.write(this.#framer.write(events) + this.#framer.end(), this.#headers);
    this.#response.end();
  }
}
