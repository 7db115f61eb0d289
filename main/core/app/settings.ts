import { panelSettings, type PanelSettings, type SettingsChange } from '../../../contract/settings.ts';
import type { HiddenField } from '../../../contract/user-preset.ts';
import { filePart, notice } from '../lib/notice.ts';
import type { JsonObject } from '../lib/json.ts';
import type { SettingsStore } from '../lib/host/ports.ts';
import type { Redactor } from '../lib/redact.ts';
import { cutSecrets, leaveOutSecrets } from '../secrets/leave-out-secrets.ts';
import type { SettingsFile } from './settings-file.ts';

const limits = ['daily_budget_usd', 'call_budget_usd'] as const;

const isUnreadable = (stored: JsonObject, field: keyof typeof panelSettings.shape) =>
  field in stored && !panelSettings.shape[field].safeParse(stored[field]).success;

/** Limits in the file that are not valid amounts. */
function limitFaults(stored: JsonObject, path: string): { field: string; message: string }[] {
  const problems = limits
    .filter((field) => isUnreadable(stored, field))
    .map((field): { field: string; message: string } => ({
      field,
      message: `${path}, at ${field}: is not an amount in USD such as 2 or 0.25`,
    }));
  if (isUnreadable(stored, 'provider_limits'))
    problems.push({
      field: 'provider_limits',
      message: `${path}, at provider_limits: one is not a whole number above 0, so all of them are ignored`,
    });
  return problems;
}

const limitProblems = (stored: JsonObject, path: string) =>
  limitFaults(stored, path).map(({ message }) => message);

/** Replaces the limits of the providers that an update names; null removes one. */
function limitsWith(before: PanelSettings, change: NonNullable<SettingsChange['provider_limits']>) {
  const all = Object.entries({ ...before.provider_limits, ...change });
  return Object.fromEntries(all.filter(([, value]) => value !== null));
}

/** Parses an object as settings. An invalid field gets its default; the others stay. */
function settingsIn(stored: JsonObject): PanelSettings {
  const whole = panelSettings.safeParse(stored);
  if (whole.success) return whole.data;
  const bad = new Set(whole.error.issues.map((issue) => issue.path[0]));
  return panelSettings.parse(Object.fromEntries(Object.entries(stored).filter(([key]) => !bad.has(key))));
}

/** Settings stored in a file. While its limits are unknown, nothing may be spent. */
export function createSettings(file: SettingsFile, path = 'panel.json'): SettingsStore {
  // The file returns the same object until it changes.
  let last: { stored: JsonObject; settings: PanelSettings } | undefined;
  const read = (): PanelSettings => {
    const stored = file.read();
    if (last?.stored !== stored) last = { stored, settings: settingsIn(stored) };
    if (!file.unknown()) return last.settings;
    return { ...last.settings, daily_budget_usd: 0, call_budget_usd: 0 };
  };
  return {
    get: read,
    async update(change) {
      const defined = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      await file.change((stored) => {
        const drafts = change.drafts && { ...settingsIn(stored).drafts, ...change.drafts };
        const changedLimits = change.provider_limits;
        const provider_limits = changedLimits && limitsWith(settingsIn(stored), changedLimits);
        // Invalid fields are preserved: a newer panel may have written them.
        return {
          ...stored,
          ...defined,
          ...(drafts && { drafts }),
          ...(provider_limits && { provider_limits }),
        };
      });
      return read();
    },
    limitProblems: () => (file.problem() === undefined ? limitProblems(file.read(), path) : []),
    warnings() {
      const problem = file.problem();
      if (problem === undefined)
        return limitFaults(file.read(), path).map(({ field, message }) =>
          notice('limit_ignored', { file: path, field }, `${message}; the default applies`),
        );
      const values = { file: path, problem };
      const parts = filePart(file.detail());
      if (!file.unknown())
        return [
          notice('settings_kept', values, `${path} ${problem}; the last good settings are used`, parts),
        ];
      const message = `${path} ${problem}: the limits in it are unknown, so nothing may be spent until it can be read`;
      return [notice('settings_unknown', values, message, parts)];
    },
  };
}

/**
 * The same settings, with keys removed from saved drafts: a draft may contain anything that a user pasted.
 */
export function withoutSecretDrafts(settings: SettingsStore, redactor: Redactor): SettingsStore {
  return {
    get: () => settings.get(),
    limitProblems: () => settings.limitProblems(),
    warnings: () => settings.warnings(),
    update(change) {
      if (!change.drafts) return settings.update(change);
      const out: HiddenField[] = [];
      const cut = cutSecrets(redactor, change.drafts, 'drafts', out);
      return settings.update({ ...change, drafts: leaveOutSecrets(redactor, cut, 'drafts', out) });
    },
  };
}
