import type { Envelope } from './errors.ts';
import type { PanelEvent } from './events.ts';

/** The channels between window and main: calls, what main tells, and that the page is there. */
export const bridgeChannels = {
  request: 'panel:request',
  cancel: 'panel:cancel',
  event: 'panel:event',
  drawn: 'panel:drawn',
} as const;

/** What preload puts on `window.panel`; it does not change when an operation is added. */
export interface PanelBridge {
  /** Never rejects for a failed operation: the failure is in the envelope. */
  request(operation: string, input: unknown, callId: string): Promise<Envelope<unknown>>;
  cancel(callId: string): void;
  /** Returns the function that stops listening. */
  on(listener: (event: PanelEvent) => void): () => void;
  /** Where a file of a drop or of a file dialog lies; empty for one that was made by the page. */
  pathOf(file: File): string;
  /** Says that there is something to see: the window is shown. */
  drawn(): void;
}
