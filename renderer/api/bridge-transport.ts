import type { PanelBridge } from '../../contract/bridge.ts';
import type { Envelope } from '../../contract/errors.ts';
import { failure } from './operation-error.ts';
import type { Transport } from './transport.ts';

/** The desktop window's transport: typed IPC through preload. */
export function bridgeTransport(panel: PanelBridge): Transport {
  async function call(
    operation: string,
    input: unknown,
    callId: string,
    signal?: AbortSignal,
  ): Promise<Envelope<unknown>> {
    const cancel = () => panel.cancel(callId);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await panel.request(operation, input, callId);
    } catch (thrown) {
      return failure('internal_error', thrown instanceof Error ? thrown.message : String(thrown), callId);
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  return {
    request: (operation, input, signal) => call(operation, input, crypto.randomUUID(), signal),
    async stream(operation, input, onEvent, signal) {
      const callId = crypto.randomUUID();
      const stop = panel.on((event) => {
        if (event.type === 'stream' && event.call_id === callId) onEvent(event.event);
      });
      try {
        return await call(operation, input, callId, signal);
      } finally {
        stop();
      }
    },
    listen: (onEvent) => panel.on((event) => void (event.type !== 'stream' && onEvent(event))),
  };
}
