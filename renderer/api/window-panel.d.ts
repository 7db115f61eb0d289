import type { PanelBridge } from '../../contract/bridge.ts';

declare global {
  interface Window {
    /** Set by preload in the desktop window; undefined in a browser. */
    readonly panel?: PanelBridge;
  }
}
