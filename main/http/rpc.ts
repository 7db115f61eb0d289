import type { ChatAnswer } from '../../contract/chat.ts';
import { errorStatus, type Envelope } from '../../contract/errors.ts';
import { isOperationName, operations } from '../../contract/operations/table.ts';
import { answerJson, answerReplyJson, commonHeaders, reasonPhrase } from './answer.ts';
import { EventStream } from './event-stream.ts';
import type { HttpCall, HttpRoute } from './http-call.ts';
import { readInput } from './read-input.ts';

const heartbeatMs = 20_000;

/** Sends invalidation events while a panel is connected. */
function followEvents({ core, outgoing, context }: HttpCall): void {
  outgoing.writeHead(200, {
    ...commonHeaders,
    'content-type': 'text/event-stream; charset=utf-8',
    'x-request-id': context.requestId,
  });
  outgoing.write(': open\n\n');
  const stop = core.onEvent((event) => void outgoing.write(`data: ${JSON.stringify(event)}\n\n`));
  const heartbeat = setInterval(() => void outgoing.write(': still here\n\n'), heartbeatMs);
  outgoing.on('close', () => {
    stop();
    clearInterval(heartbeat);
  });
}

/** Runs one operation; the envelope is the same as over IPC. */
async function runOperation(call: HttpCall): Promise<void> {
  const { core, incoming, outgoing } = call;
  const context = { ...call.context, fromPanel: true };
  const name = call.params['operation'] ?? '';
  let envelope: Envelope<unknown>;
  try {
    const input = await readInput(incoming);
    if (isOperationName(name) && operations[name].kind === 'stream') {
      const stream = new EventStream(call, true);
      const answer = await core.dispatcher.dispatch(name, input, context, stream);
      return await stream.end(answer as Envelope<ChatAnswer>);
    }
    envelope = await core.dispatcher.dispatchUntrusted(name, input, context);
  } catch (error) {
    envelope = { ok: false, error: core.dispatcher.toErrorInfo(error, context, name) };
  }
  if (envelope.ok) return answerReplyJson(call, envelope);
  const { code, message, request_id: requestId } = envelope.error;
  answerJson(outgoing, envelope, { status: errorStatus[code], requestId, reason: reasonPhrase(message) });
}

/** The panel's operations for a browser. The guard has checked the token. */
export const rpcRoutes: readonly HttpRoute[] = [
  { method: 'GET', path: '/rpc/events', serve: followEvents },
  { method: 'POST', path: '/rpc/:operation', serve: runOperation },
];
