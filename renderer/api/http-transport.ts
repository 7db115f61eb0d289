import type { Envelope } from '../../contract/errors.ts';
import type { PanelEvent } from '../../contract/events.ts';
import { messages } from '../messages.ts';
import { denyAccess } from './access-state.ts';
import { repeatWithBackOff } from './back-off.ts';
import { readChatStream } from './chat-stream.ts';
import { setLost } from './connection-state.ts';
import { pageFailure } from './operation-error.ts';
import { readFailure } from './read-failure.ts';
import { readSse } from './sse-reader.ts';
import type { Transport } from './transport.ts';

// A request that outlives its page (the last draft) may have a body of at most 64 kB.
const keepAliveLimit = 60_000;

async function envelopeOf(response: Response, callId: string): Promise<Envelope<unknown>> {
  try {
    const body: unknown = await response.json();
    return readFailure(body, callId) ?? (body as Envelope<unknown>);
  } catch {
    return pageFailure('internal_error', messages.transport.notJson(response.status), callId);
  }
}

function failedFetch(thrown: unknown, callId: string): Envelope<never> {
  if (thrown instanceof DOMException && thrown.name === 'AbortError') {
    return pageFailure('cancelled', messages.transport.cancelled, callId);
  }
  return pageFailure('internal_error', messages.transport.unreachable, callId);
}

/** A browser's transport: `POST /rpc/<operation>` on the server that served the page. */
export function httpTransport(token: string): Transport {
  async function ask(path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(path, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${token}` },
    });
    if (response.status === 401) denyAccess('wrong_token');
    return response;
  }

  /** Posts an operation and reads its answer; any error becomes a failed envelope. */
  async function call(
    operation: string,
    input: unknown,
    signal: AbortSignal | undefined,
    read: (response: Response, callId: string) => Promise<Envelope<unknown>>,
  ): Promise<Envelope<unknown>> {
    const callId = crypto.randomUUID();
    const body = JSON.stringify(input);
    const headers = { 'content-type': 'application/json', 'x-call-id': callId };
    const keepalive = operation === 'settings.update' && body.length < keepAliveLimit;
    try {
      return await read(
        await ask(`/rpc/${operation}`, { method: 'POST', headers, body, signal, keepalive }),
        callId,
      );
    } catch (thrown) {
      return failedFetch(thrown, callId);
    }
  }

  async function readEvents(onOpen: () => void, onEvent: (event: PanelEvent) => void, signal: AbortSignal) {
    const response = await ask('/rpc/events', { signal });
    if (!response.ok) return response.status === 401 ? 'stop' : 'again';
    onOpen();
    await readSse(response, ({ data }) => onEvent(JSON.parse(data) as PanelEvent));
    return 'again';
  }

  return {
    request: (operation, input, signal) => call(operation, input, signal, envelopeOf),
    stream: (operation, input, onEvent, signal) =>
      call(operation, input, signal, async (response, callId) => {
        const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
        return isStream ? readChatStream(response, onEvent, callId) : envelopeOf(response, callId);
      }),
    listen(onEvent, onGap) {
      let wasOpen = false;
      const onOpen = () => {
        setLost(false);
        if (wasOpen) onGap();
        wasOpen = true;
      };
      return repeatWithBackOff(
        (signal) => readEvents(onOpen, onEvent, signal),
        () => setLost(true),
      );
    },
  };
}
