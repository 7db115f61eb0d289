import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { PanelBridge } from '../contract/bridge.ts';
import { bridgeChannels } from '../contract/bridge.ts';
import type { PanelEvent } from '../contract/events.ts';

/** The page's only access to main: five functions, no event object, no channel names. */
const bridge: PanelBridge = {
  request: (operation, input, callId) => ipcRenderer.invoke(bridgeChannels.request, operation, input, callId),
  cancel: (callId) => ipcRenderer.send(bridgeChannels.cancel, callId),
  on(listener) {
    const forward = (_event: unknown, panelEvent: PanelEvent) => listener(panelEvent);
    ipcRenderer.on(bridgeChannels.event, forward);
    return () => void ipcRenderer.removeListener(bridgeChannels.event, forward);
  },
  pathOf: (file) => webUtils.getPathForFile(file),
  drawn: () => ipcRenderer.send(bridgeChannels.drawn),
};

contextBridge.exposeInMainWorld('panel', bridge);
