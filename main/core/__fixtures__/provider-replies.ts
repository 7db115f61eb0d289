import type { ServerResponse } from 'node:http';
import type { Reply } from './provider-upstream.ts';

type Headers = Record<string, string>;

/** A complete answer; anything but a string or bytes is sent as JSON. */
export function whole(body: unknown, status = 200, headers: Headers = {}): Reply {
  const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return ({ response }) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(bytes);
  };
}

/** How a streamed answer ends: properly, by a clean close without its end mark, by a reset, or not at all. */
export type Ending = 'end' | 'cut' | 'reset' | 'hang';

/** Resolves when the chunk was written, or the connection is closed. */
function flushed(response: ServerResponse, chunk: string | Buffer): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', resolve);
    response.write(chunk, () => {
      response.off('close', resolve);
      resolve();
    });
  });
}

/** A streamed answer, with each piece flushed separately. */
export function pieces(
  chunks: Iterable<string | Buffer>,
  ending: Ending = 'end',
  headers: Headers = {},
): Reply {
  return async ({ response, socket }) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', ...headers });
    response.flushHeaders();
    for (const chunk of chunks) {
      if (response.destroyed) return;
      await flushed(response, chunk);
    }
    if (ending === 'end' || ending === 'cut') response.end();
    if (ending === 'reset') socket.resetAndDestroy();
  };
}

/** Starts a reply with a length that it does not reach. */
export function cutBody(body: string, ending: 'cut' | 'reset' | 'hang'): Reply {
  return ({ response, socket }) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length * 2 });
    response.write(body, () => {
      if (ending === 'cut') socket.end();
      if (ending === 'reset') socket.resetAndDestroy();
    });
  };
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

/** A streamed answer at full speed, each piece a separate HTTP chunk. */
export function burst(chunks: Iterable<string | Buffer>, headers: Headers = {}): Reply {
  return async ({ response }) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', ...headers });
    let count = 0;
    for (const chunk of chunks) {
      if (response.destroyed) return;
      // Wine fails a write of more than 1,024 buffers at once; a chunk has four.
      if (++count % 200 === 0) await flushed(response, chunk);
      else if (!response.write(chunk)) await drained(response);
    }
    response.end();
  };
}

/** Accepts the request and resets the connection. */
export const resetAtOnce: Reply = ({ socket }) => void socket.resetAndDestroy();

/** Accepts the request and sends nothing. */
export const silence: Reply = () => {};
