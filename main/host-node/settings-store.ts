import { join } from 'node:path';
import { createSettings } from '../core/app/settings.ts';
import { openSettingsFile, type LoadWriter } from '../core/app/settings-file.ts';
import type { FolderLock } from '../core/lib/files/folder-lock.ts';
import type { SettingsStore } from '../core/lib/host/ports.ts';
import { loadWithoutSignals } from '../core/lib/stop-signals.ts';

/** conf, on which the desktop app's electron-store is based. It is loaded with the first change. */
export const confWriter: LoadWriter = async ({ name, ...options }) => {
  const { default: Conf } = await loadWithoutSignals(() => import('conf'));
  return new Conf({ ...options, configName: name });
};

/** Settings of the headless server, in the same file as the desktop app's. */
export function nodeSettings(runtimeRoot: string, lock: FolderLock): SettingsStore {
  const path = join(runtimeRoot, 'panel.json');
  return createSettings(openSettingsFile({ path, lock, loadWriter: confWriter }), path);
}
