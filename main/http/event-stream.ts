import type { ServerResponse } from 'node:http';
import type { ChatAnswer, ToolDelta } from '../../contract/chat.ts';
import type { Envelope } from '../../contract/errors.ts';
import type { StreamEvent } from '../../contract/events.ts';
import type { LogPiece } from '../../contract/log-line.ts';
import type { ChatSink } from '../core/chat/stream-listener.ts';
import { answerError, errorBody } from './answer.ts';
import { SseResponse } from './sse-response.ts';

/** A stream's pieces as server-sent events. */
export class EventStream implements ChatSink {
  readonly #sse: SseResponse;

  constructor(response: ServerResponse, requestId: string) {
    this.#sse = new SseResponse(response, requestId);
  }

  #write({ event, data }: StreamEvent): void | Promise<void> {
    return this.#sse.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  start = (of: { provider: string; model: string; module: string | null }) =>
    this.#write({ event: 'start', data: { request_id: this.#sse.requestId, ...of } });
  delta = (text: string) => this.#write({ event: 'delta', data: { text } });
  reasoning = (text: string) => this.#write({ event: 'reasoning', data: { text } });
  tool = (data: ToolDelta) => this.#write({ event: 'tool', data });
  usage = (data: Parameters<ChatSink['usage']>[0]) => this.#write({ event: 'usage', data });
  log = (data: LogPiece) => this.#write({ event: 'log', data });

  /** The last event: exactly one `done` or one `error`. */
  async end(envelope: Envelope<ChatAnswer>): Promise<void> {
    if (!envelope.ok && !this.#sse.begun) return answerError(this.#sse.response, envelope.error);
    if (envelope.ok)
      await this.#write({
        event: 'done',
        data: { ok: true, request_id: this.#sse.requestId, ...envelope.data },
      });
    else await this.#write({ event: 'error', data: errorBody(envelope.error) });
    this.#sse.end();
  }
}
