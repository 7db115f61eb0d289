import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hono } from 'hono';
import type { ChatAnswer } from '../../contract/chat.ts';
import { errorStatus, type Envelope } from '../../contract/errors.ts';
import { isOperationName, operations } from '../../contract/operations/table.ts';
import type { Core } from '../core/app/services.ts';
import { answerJson, commonHeaders } from './answer.ts';
import { EventStream } from './event-stream.ts';
import { contextOf, type Env } from './http-context.ts';
import { readInput } from './read-input.ts';

const heartbeatMs = 20_000;

/** The panel's operations for a browser: the same envelopes as over IPC. The guard has asked for the token. */
export function addRpc(app: Hono<Env>, core: Core): void {
  app.get('/rpc/events', (c) => {
    const { incoming, outgoing } = c.env;
    const { requestId } = contextOf(incoming, outgoing);
    outgoing.writeHead(200, {
      ...commonHeaders,
      'content-type': 'text/event-stream; charset=utf-8',
      'x-request-id': requestId,
    });
    outgoing.write(': open\n\n');
    const stop = core.onEvent((event) => void outgoing.write(`data: ${JSON.stringify(event)}\n\n`));
    const heartbeat = setInterval(() => void outgoing.write(': still here\n\n'), heartbeatMs);
    outgoing.on('close', () => {
      stop();
      clearInterval(heartbeat);
    });
    return RESPONSE_ALREADY_SENT;
  });

  app.post('/rpc/:operation', async (c) => {
    const { incoming, outgoing } = c.env;
    const context = contextOf(incoming, outgoing);
    const name = c.req.param('operation');
    let envelope: Envelope<unknown>;
    try {
      const input = await readInput(incoming);
      if (isOperationName(name) && operations[name].kind === 'stream') {
        const stream = new EventStream(outgoing, context.requestId);
        await stream.end(
          (await core.dispatcher.dispatch(name, input, context, stream)) as Envelope<ChatAnswer>,
        );
        return RESPONSE_ALREADY_SENT;
      }
      envelope = await core.dispatcher.dispatchUntrusted(name, input, context);
    } catch (error) {
      envelope = { ok: false, error: core.dispatcher.toErrorInfo(error, context, name) };
    }
    answerJson(outgoing, envelope.ok ? 200 : errorStatus[envelope.error.code], envelope, context.requestId);
    return RESPONSE_ALREADY_SENT;
  });
}
