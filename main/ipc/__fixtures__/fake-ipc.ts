import { bridgeChannels } from '../../../contract/bridge.ts';
import type { Envelope } from '../../../contract/errors.ts';
import type { PanelEvent } from '../../../contract/events.ts';
import type { Core } from '../../core/app/services.ts';
import { createIpcTransport, type IpcEvent, type Sender } from '../ipc-transport.ts';
import { registerIpc, type IpcMainLike } from '../register.ts';

export const panelFrame: Sender = { url: 'app://panel/index.html', parent: null };

export interface FakeWindow {
  /** Events that were sent to the window. */
  events: PanelEvent[];
  request(
    operation: unknown,
    input?: unknown,
    callId?: unknown,
    frame?: Sender | null,
  ): Promise<Envelope<unknown>>;
  cancel(callId: unknown, frame?: Sender | null): void;
  /** Ends the page: the window closes, reloads or crashes. */
  end(how: 'destroyed' | 'did-navigate' | 'render-process-gone'): void;
}

/** Electron's side of the transport without Electron; values are cloned, as in Electron. */
export function fakeIpc(core: Core) {
  type Listener = (event: IpcEvent, ...args: unknown[]) => unknown;
  const handlers = new Map<string, Listener>();
  const ipcMain: IpcMainLike = {
    handle: (channel, listener) => void handlers.set(channel, listener),
    on: (channel, listener) => void handlers.set(channel, listener),
  };
  registerIpc(ipcMain, Promise.resolve(createIpcTransport(core)));
  let windows = 0;
  const call = (channel: string, event: IpcEvent, args: unknown[]) => {
    const handler = handlers.get(channel);
    if (!handler) throw new Error(`nothing listens on ${channel}`);
    return handler(event, ...structuredClone(args));
  };

  function openWindow(): FakeWindow {
    const id = ++windows;
    const events: PanelEvent[] = [];
    const onEnd = new Map<string, () => void>();
    let destroyed = false;
    const sender: IpcEvent['sender'] = {
      id,
      send: (_channel, event) => void events.push(structuredClone(event) as PanelEvent),
      isDestroyed: () => destroyed,
      on: (end, listener) => onEnd.set(end, listener),
    };
    let calls = 0;
    return {
      events,
      async request(operation, input, callId = `call-${++calls}`, frame = panelFrame) {
        const answer = await call(bridgeChannels.request, { senderFrame: frame, sender }, [
          operation,
          input,
          callId,
        ]);
        return structuredClone(answer) as Envelope<unknown>;
      },
      cancel: (callId, frame = panelFrame) =>
        void call(bridgeChannels.cancel, { senderFrame: frame, sender }, [callId]),
      end(how) {
        destroyed ||= how === 'destroyed';
        onEnd.get(how)?.();
      },
    };
  }
  return { openWindow };
}
