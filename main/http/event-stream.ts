import type { ServerResponse } from 'node:http';
import type { ChatAnswer, ChatStreamEvent, ToolDelta } from '../../contract/chat.ts';
import type { Envelope } from '../../contract/errors.ts';
import type { ChatSink } from '../core/chat/sink.ts';
import { answerError, commonHeaders, errorBody } from './answer.ts';

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

/** A chat's stream as server-sent events. Headers go out with the first event, so that a refusal keeps its status. */
export class EventStream implements ChatSink {
  readonly #response: ServerResponse;
  readonly #requestId: string;

  constructor(response: ServerResponse, requestId: string) {
    this.#response = response;
    this.#requestId = requestId;
  }

  #open(): void {
    this.#response.writeHead(200, {
      ...commonHeaders,
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
      'x-request-id': this.#requestId,
    });
  }

  /** Resolves when the caller has taken enough: a slow client holds the provider back, not our memory. */
  async #write({ event, data }: ChatStreamEvent): Promise<void> {
    const response = this.#response;
    if (response.destroyed) return;
    if (!response.headersSent) this.#open();
    if (!response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)) await drained(response);
  }

  start = (of: { provider: string; model: string; module: string | null }) =>
    this.#write({ event: 'start', data: { request_id: this.#requestId, ...of } });
  delta = (text: string) => this.#write({ event: 'delta', data: { text } });
  reasoning = (text: string) => this.#write({ event: 'reasoning', data: { text } });
  tool = (data: ToolDelta) => this.#write({ event: 'tool', data });
  usage = (data: Parameters<ChatSink['usage']>[0]) => this.#write({ event: 'usage', data });

  /** The last event: exactly one `done` or one `error`. */
  async end(envelope: Envelope<ChatAnswer>): Promise<void> {
    if (!envelope.ok && !this.#response.headersSent) return answerError(this.#response, envelope.error);
    if (envelope.ok) await this.#write({ event: 'done', data: { ok: true, request_id: this.#requestId, ...envelope.data } });
    else await this.#write({ event: 'error', data: errorBody(envelope.error) });
    this.#response.end();
  }
}
