import type { ChatAnswer, ToolDelta } from '../../contract/chat.ts';
import type { Envelope } from '../../contract/errors.ts';
import type { StreamEvent } from '../../contract/events.ts';
import type { LogPiece } from '../../contract/log-line.ts';
import type { StreamListener } from '../core/chat/reply/stream-listener.ts';
import { answerError } from './answer.ts';
import { errorBody } from './error-shapes.ts';
import type { HttpCall } from './http-call.ts';
import { StreamResponse } from './stream-response.ts';

/** A stream's parts as server-sent events. */
export class EventStream implements StreamListener {
  readonly #call: HttpCall;
  readonly #stream: StreamResponse;

  /** Only for the panel's page; other callers know only the events in the API documentation. */
  readonly waiting?: StreamListener['waiting'];

  constructor(call: HttpCall, isPanel = false) {
    this.#call = call;
    if (isPanel) this.waiting = (data) => this.#write({ event: 'waiting', data });
    this.#stream = new StreamResponse(call.outgoing, call.context.requestId);
  }

  #write({ event, data }: StreamEvent): void | Promise<void> {
    return this.#stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  start = (of: { provider: string; model: string; module: string | null }) =>
    this.#write({ event: 'start', data: { request_id: this.#stream.requestId, ...of } });
  delta = (text: string) => this.#write({ event: 'delta', data: { text } });
  reasoning = (text: string) => this.#write({ event: 'reasoning', data: { text } });
  tool = (data: ToolDelta) => this.#write({ event: 'tool', data });
  usage = (data: Parameters<StreamListener['usage']>[0]) => this.#write({ event: 'usage', data });
  log = (data: LogPiece) => this.#write({ event: 'log', data });

  /** Sends the last event: exactly one `done` or one `error`. */
  async end(envelope: Envelope<ChatAnswer>): Promise<void> {
    if (!envelope.ok && !this.#stream.begun) return answerError(this.#call, envelope.error);
    if (envelope.ok)
      await this.#write({
        event: 'done',
        data: { ok: true, request_id: this.#stream.requestId, ...envelope.data },
      });
    else await this.#write({ event: 'error', data: errorBody(envelope.error) });
    this.#stream.end();
  }
}
