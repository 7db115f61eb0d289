import type { ServerResponse } from 'node:http';
import { commonHeaders } from './answer.ts';

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

/** Streams that have started and not ended. */
export const openStreams = new Set<ServerResponse>();

/**
 * An answer sent in pieces. The headers are sent with the first bytes, so that an earlier error has a proper
 * status.
 */
export class StreamResponse {
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly #contentType: string;
  #draining: Promise<void> | undefined;

  constructor(response: ServerResponse, requestId: string, contentType = 'text/event-stream; charset=utf-8') {
    this.response = response;
    this.requestId = requestId;
    this.#contentType = contentType;
  }

  get begun(): boolean {
    return this.response.headersSent;
  }

  /**
   * Returns a promise while the caller's buffer is full, so that reading from the provider pauses and memory
   * stays limited.
   */
  write(bytes: string | Buffer, more: Record<string, string> = {}): void | Promise<void> {
    const { response } = this;
    if (response.destroyed || response.writableEnded) return undefined;
    if (!response.headersSent) {
      openStreams.add(response.on('close', () => openStreams.delete(response)));
      response.writeHead(200, {
        ...commonHeaders,
        'content-type': this.#contentType,
        'x-accel-buffering': 'no',
        'x-request-id': this.requestId,
        ...more,
      });
    }
    if (response.write(bytes)) return undefined;
    return (this.#draining ??= drained(response).finally(() => (this.#draining = undefined)));
  }

  end(): void {
    this.response.end();
  }
}
