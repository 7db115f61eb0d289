import { panelSettings, type PanelSettings, type SettingsUpdate } from '../../../contract/settings.ts';
import type { SettingsStore } from '../lib/ports.ts';
import type { SettingsFile } from './settings-file.ts';

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
