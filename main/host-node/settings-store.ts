import { join } from 'node:path';
import type { SettingsStore } from '../core/ports.ts';
import { openSettingsFile } from '../core/settings-file.ts';
import { createSettings } from '../core/settings.ts';

/** Settings of the headless server, in the same file as the desktop app's. */
export function nodeSettings(runtimeRoot: string): SettingsStore {
  return createSettings(openSettingsFile(join(runtimeRoot, 'panel.json')));
}
