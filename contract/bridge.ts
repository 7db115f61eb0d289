import type { Envelope } from './errors.ts';
import type { PanelEvent } from './events.ts';

/**
 * The channels between window and main: requests, events from main, and the signal that the page is drawn.
 */
export const bridgeChannels = {
  request: 'panel:request',
  cancel: 'panel:cancel',
  event: 'panel:event',
  drawn: 'panel:drawn',
} as const;

/** The API that preload exposes as `window.panel`; it does not change when an operation is added. */
export interface PanelBridge {
  /** Never rejects for a failed operation: the failure is in the envelope. */
  request(operation: string, input: unknown, callId: string): Promise<Envelope<unknown>>;
  cancel(callId: string): void;
  /** Returns the function that unsubscribes. */
  on(listener: (event: PanelEvent) => void): () => void;
  /** The path of a file from a drop or a file dialog; empty for a file that the page created. */
  pathOf(file: File): string;
  /** Signals that the page has content, so the window is shown. */
  drawn(): void;
}
