import type { Envelope } from '../../contract/errors.ts';
import type { PanelEvent, StreamEvent } from '../../contract/events.ts';

export type OnStreamEvent = (event: StreamEvent) => void;

/** A connection to the core. Failures of an operation are in the envelope; nothing here rejects. */
export interface Transport {
  request(operation: string, input: unknown, signal?: AbortSignal): Promise<Envelope<unknown>>;
  /** Resolves when the stream has ended. */
  stream(
    operation: string,
    input: unknown,
    onEvent: OnStreamEvent,
    signal?: AbortSignal,
  ): Promise<Envelope<unknown>>;
  /** Receives events that main sends without a request. `onGap` is called if events may have been missed. */
  listen(onEvent: (event: PanelEvent) => void, onGap: () => void): () => void;
}
