import { bridgeChannels } from '../../contract/bridge.ts';
import type { IpcTransport, IpcEvent } from './ipc-transport.ts';

/** The part of Electron's `ipcMain` in use, so that the transport can be tested without a window. */
export interface IpcMainLike {
  handle(channel: string, listener: (event: IpcEvent, ...args: unknown[]) => unknown): void;
  on(channel: string, listener: (event: IpcEvent, ...args: unknown[]) => void): unknown;
}

/**
 * Registers the window's transport: one channel for calls, one to cancel them.
 * @param coming the transport; calls that arrive before it is ready wait
 */
export function registerIpc(ipcMain: IpcMainLike, coming: Promise<IpcTransport>): void {
  ipcMain.handle(bridgeChannels.request, async (event, ...args) => (await coming).request(event, ...args));
  ipcMain.on(
    bridgeChannels.cancel,
    (event, callId) => void coming.then((transport) => transport.cancel(event, callId)),
  );
}
