import type { ChatStreamEvent } from '../../contract/chat.ts';
import type { Envelope } from '../../contract/errors.ts';
import type { PanelEvent } from '../../contract/events.ts';
import { messages } from '../messages.ts';
import { denyAccess } from './access-state.ts';
import { repeatWithBackOff } from './back-off.ts';
import { setLost } from './connection-state.ts';
import { failure } from './operation-error.ts';
import { readSse } from './sse-reader.ts';
import { envelopeOfEnd } from './stream-end.ts';
import type { Transport } from './transport.ts';

// A request that outlives its page (the last draft) may have a body of 64 kB at most.
const keepAliveLimit = 60_000;

async function envelopeOf(response: Response, callId: string): Promise<Envelope<unknown>> {
  try {
    return (await response.json()) as Envelope<unknown>;
  } catch {
    return failure('internal_error', messages.transport.notJson(response.status), callId);
  }
}

function failedFetch(thrown: unknown, callId: string): Envelope<never> {
  if (thrown instanceof DOMException && thrown.name === 'AbortError') {
    return failure('cancelled', messages.transport.cancelled, callId);
  }
  return failure('internal_error', messages.transport.unreachable, callId);
}

/** A browser's transport: `POST /rpc/<operation>` on the server that served the page. */
export function httpTransport(token: string): Transport {
  async function ask(path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(path, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
    if (response.status === 401) denyAccess('wrong_token');
    return response;
  }

  function post(operation: string, input: unknown, callId: string, signal?: AbortSignal): Promise<Response> {
    const body = JSON.stringify(input);
    const headers = { 'content-type': 'application/json', 'x-call-id': callId };
    const keepalive = operation === 'settings.update' && body.length < keepAliveLimit;
    return ask(`/rpc/${operation}`, { method: 'POST', headers, body, signal, keepalive });
  }

  async function readEvents(onOpen: () => void, onEvent: (event: PanelEvent) => void, signal: AbortSignal) {
    const response = await ask('/rpc/events', { signal });
    if (!response.ok) return response.status === 401 ? 'stop' : 'again';
    onOpen();
    await readSse(response, (data) => onEvent(JSON.parse(data) as PanelEvent));
    return 'again';
  }

  async function readStream(response: Response, onEvent: (event: ChatStreamEvent) => void): Promise<ChatStreamEvent | undefined> {
    let last: ChatStreamEvent | undefined;
    await readSse(response, (data) => {
      last = JSON.parse(data) as ChatStreamEvent;
      onEvent(last);
    });
    return last;
  }

  return {
    async request(operation, input, signal) {
      const callId = crypto.randomUUID();
      try {
        return await envelopeOf(await post(operation, input, callId, signal), callId);
      } catch (thrown) {
        return failedFetch(thrown, callId);
      }
    },
    async stream(operation, input, onEvent, signal) {
      const callId = crypto.randomUUID();
      try {
        const response = await post(operation, input, callId, signal);
        const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
        if (!isStream) return await envelopeOf(response, callId);
        return envelopeOfEnd(await readStream(response, onEvent), callId);
      } catch (thrown) {
        return failedFetch(thrown, callId);
      }
    },
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
