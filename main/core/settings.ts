import { panelSettings, type PanelSettings, type SettingsUpdate } from '../../contract/settings.ts';
import { keepBroken, readJson } from './atomic-json.ts';
import { isObject } from './json.ts';
import type { SettingsStore } from './ports.ts';

/** What conf and electron-store have in common. */
export interface SettingsFile {
  store: Record<string, unknown>;
}

/** Moves a settings file that cannot be read out of the way, so that the library does not overwrite it. */
export function rescueSettingsFile(path: string, now: number): string | null {
  const json = readJson(path);
  const broken = json.found && (!('value' in json) || !isObject(json.value));
  return broken ? keepBroken(path, now) : null;
}

/** Settings that are asked for with every call: the file is read once, and after each change. */
export function rememberSettings(store: SettingsStore): SettingsStore {
  let current: PanelSettings | undefined;
  return { get: () => (current ??= store.get()), update: (change) => (current = store.update(change)) };
}

/** Settings over a file; a field that does not fit takes its default, the others stay. */
export function createSettings(file: SettingsFile): SettingsStore {
  const read = (): PanelSettings => {
    const stored = file.store;
    const whole = panelSettings.safeParse(stored);
    if (whole.success) return whole.data;
    const bad = new Set(whole.error.issues.map((issue) => issue.path[0]));
    return panelSettings.parse(Object.fromEntries(Object.entries(stored).filter(([key]) => !bad.has(key))));
  };
  return {
    get: read,
    update(change: SettingsUpdate) {
      const before = read();
      const drafts = change.drafts ? { ...before.drafts, ...change.drafts } : before.drafts;
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      file.store = { ...file.store, ...before, ...given, drafts };
      return read();
    },
  };
}
