import { create } from 'zustand';

/** Whether the server still answers. Only a browser can lose it; the desktop window contains its server. */
export const useConnection = create<{ lost: boolean }>(() => ({ lost: false }));

export function setLost(lost: boolean): void {
  if (useConnection.getState().lost !== lost) useConnection.setState({ lost });
}
