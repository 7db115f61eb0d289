import { join } from 'node:path';
import { createSettings } from '../core/app/settings.ts';
import { openSettingsFile, type LoadWriter, type SettingsFile } from '../core/app/settings-file.ts';
import type { FolderLock } from '../core/lib/files/folder-lock.ts';
import type { SettingsStore } from '../core/lib/host/ports.ts';
import { loadWithoutSignals } from '../core/lib/stop-signals.ts';

/** electron-store, loaded with the first change; at start-up the window reads the files directly. */
const electronStore: LoadWriter = async (options) => {
  const { default: ElectronStore } = await loadWithoutSignals(() => import('electron-store'));
  return new ElectronStore(options);
};

/** The panel's settings. */
export function desktopSettings(runtimeRoot: string, lock: FolderLock): SettingsStore {
  const path = join(runtimeRoot, 'panel.json');
  return createSettings(openSettingsFile({ path, lock, loadWriter: electronStore }), path);
}

/** The window's last position. */
export function windowFile(runtimeRoot: string, lock: FolderLock): SettingsFile {
  return openSettingsFile({ path: join(runtimeRoot, 'window.json'), lock, loadWriter: electronStore });
}
