import type { PanelEvent } from '../../contract/events.ts';
import { bridgeChannels } from '../../contract/bridge.ts';
import type { Envelope } from '../../contract/errors.ts';
import { AppError } from '../core/lib/app-error.ts';
import type { StreamListener } from '../core/chat/reply/stream-listener.ts';
import { requestIdFrom } from '../core/lib/request-context.ts';
import type { Core } from '../core/app/services.ts';
import { isPanelUrl } from '../core/app/panel-page.ts';

export interface Sender {
  url: string;
  /** null for the window's own frame. */
  parent: unknown;
}

/** True for the panel's own top frame, and nothing that was framed into or navigated to in its place. */
function isOurFrame(sender: Sender | null): boolean {
  return sender !== null && !sender.parent && isPanelUrl(sender.url);
}

/** Events after which the requesting page no longer exists: closed, reloaded, crashed. */
const pageEnds = ['destroyed', 'did-navigate', 'render-process-gone'] as const;
type PageEnd = (typeof pageEnds)[number];

export interface IpcEvent {
  senderFrame: Sender | null;
  sender: {
    id: number;
    send(channel: string, ...args: unknown[]): void;
    isDestroyed(): boolean;
    on(event: PageEnd, listener: () => void): unknown;
  };
}

export interface IpcTransport {
  request(event: IpcEvent, ...args: unknown[]): Promise<Envelope<unknown>>;
  cancel(event: IpcEvent, callId: unknown): void;
}

function listenerFor(event: IpcEvent, callId: string, requestId: string): StreamListener {
  const tell = (streamed: Extract<PanelEvent, { type: 'stream' }>['event']) => {
    const panelEvent: PanelEvent = { type: 'stream', call_id: callId, event: streamed };
    if (!event.sender.isDestroyed()) event.sender.send(bridgeChannels.event, panelEvent);
  };
  return {
    start: (of) => tell({ event: 'start', data: { request_id: requestId, ...of } }),
    delta: (text) => tell({ event: 'delta', data: { text } }),
    reasoning: (text) => tell({ event: 'reasoning', data: { text } }),
    tool: (data) => tell({ event: 'tool', data }),
    usage: (data) => tell({ event: 'usage', data }),
    waiting: (data) => tell({ event: 'waiting', data }),
    log: (data) => tell({ event: 'log', data }),
  };
}

const isCallId = (value: unknown): value is string =>
  typeof value === 'string' && /^[\w.-]{1,64}$/.test(value);

/** Serves the window's calls. Checks the sender first, then the call. */
export function createIpcTransport(core: Core): IpcTransport {
  const running = new Map<string, AbortController>();
  const watched = new WeakSet<object>();
  const keyOf = (event: IpcEvent, callId: string) => `${event.sender.id} ${callId}`;

  return {
    async request(event, operation, input, callId) {
      const requestId = requestIdFrom(undefined);
      const controller = new AbortController();
      const context = { requestId, door: 'ipc' as const, fromPanel: true, signal: controller.signal };
      if (!isOurFrame(event.senderFrame) || typeof operation !== 'string' || !isCallId(callId)) {
        const error = new AppError('forbidden_origin', "only the panel's own page may call");
        return { ok: false, error: core.dispatcher.toErrorInfo(error, context, 'ipc') };
      }
      const key = keyOf(event, callId);
      running.set(key, controller);
      if (!watched.has(event.sender)) {
        watched.add(event.sender);
        const prefix = keyOf(event, '');
        const abortAll = () => {
          for (const [id, call] of running) if (id.startsWith(prefix)) call.abort();
        };
        for (const end of pageEnds) event.sender.on(end, abortAll);
      }
      try {
        const streamListener = listenerFor(event, callId, requestId);
        return await core.dispatcher.dispatchUntrusted(operation, input, context, streamListener);
      } finally {
        running.delete(key);
      }
    },
    cancel(event, callId) {
      if (isOurFrame(event.senderFrame) && isCallId(callId)) running.get(keyOf(event, callId))?.abort();
    },
  };
}
