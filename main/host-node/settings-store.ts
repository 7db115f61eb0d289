import { join } from 'node:path';
import Conf from 'conf';
import { createSettings, rescueSettingsFile } from '../core/settings.ts';
import type { SettingsStore } from '../core/ports.ts';

/** Settings of the headless server, in the same file as the desktop app's. */
export function nodeSettings(runtimeRoot: string): SettingsStore {
  rescueSettingsFile(join(runtimeRoot, 'panel.json'), Date.now());
  return createSettings(new Conf<Record<string, unknown>>({ cwd: runtimeRoot, configName: 'panel' }));
}
