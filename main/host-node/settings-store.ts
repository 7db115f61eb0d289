import { join } from 'node:path';
import type { SettingsStore } from '../core/lib/ports.ts';
import { openSettingsFile } from '../core/app/settings-file.ts';
import { createSettings } from '../core/app/settings.ts';

/** Settings of the headless server, in the same file as the desktop app's. */
export function nodeSettings(runtimeRoot: string): SettingsStore {
  return createSettings(openSettingsFile(join(runtimeRoot, 'panel.json')));
}
