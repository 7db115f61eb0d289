import { panelSettings, type PanelSettings, type SettingsChange } from '../../../contract/settings.ts';
import type { LeftOut } from '../../../contract/user-preset.ts';
import type { JsonObject } from '../lib/json.ts';
import type { SettingsStore } from '../lib/host/ports.ts';
import type { Redactor } from '../lib/redact.ts';
import { cutSecrets, leaveOutSecrets } from '../secrets/leave-out-secrets.ts';
import type { SettingsFile } from './settings-file.ts';

const limits = ['daily_budget_usd', 'call_budget_usd'] as const;

const isUnreadable = (stored: JsonObject, field: keyof typeof panelSettings.shape) =>
  field in stored && !panelSettings.shape[field].safeParse(stored[field]).success;

/** Limits that the file has and that are none. */
function limitProblems(stored: JsonObject, path: string): string[] {
  const problems = limits
    .filter((field) => isUnreadable(stored, field))
    .map((field) => `${path}, at ${field}: is not an amount in USD such as 2 or 0.25`);
  if (isUnreadable(stored, 'provider_limits'))
    problems.push(`${path}, at provider_limits: one is no whole number above 0, so none of them holds`);
  return problems;
}

/** The providers that an update names in place of those that were there; null takes one out. */
function limitsWith(before: PanelSettings, change: NonNullable<SettingsChange['provider_limits']>) {
  const all = Object.entries({ ...before.provider_limits, ...change });
  return Object.fromEntries(all.filter(([, given]) => given !== null));
}

/** An object as settings; a field that does not fit takes its default, the others stay. */
function settingsIn(stored: JsonObject): PanelSettings {
  const whole = panelSettings.safeParse(stored);
  if (whole.success) return whole.data;
  const bad = new Set(whole.error.issues.map((issue) => issue.path[0]));
  return panelSettings.parse(Object.fromEntries(Object.entries(stored).filter(([key]) => !bad.has(key))));
}

/** Settings over a file. While nobody knows what limits it sets, nothing may be spent. */
export function createSettings(file: SettingsFile, path = 'panel.json'): SettingsStore {
  // The file gives the same object until it has changed.
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
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      await file.change((stored) => {
        const drafts = change.drafts && { ...settingsIn(stored).drafts, ...change.drafts };
        const changedLimits = change.provider_limits;
        const provider_limits = changedLimits && limitsWith(settingsIn(stored), changedLimits);
        // What does not fit stays as it stands: a newer panel may have written it.
        return {
          ...stored,
          ...given,
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
        return limitProblems(file.read(), path).map((one) => `${one}; the default holds`);
      return [
        file.unknown()
          ? `${path} ${problem}: as the limits in it are not known, nothing may be spent until it can be read`
          : `${path} ${problem}; the last good settings are used`,
      ];
    },
  };
}

/** The same settings, whose drafts are saved without keys: a draft may be anything that a person has pasted. */
export function withoutSecretDrafts(settings: SettingsStore, redactor: Redactor): SettingsStore {
  return {
    get: () => settings.get(),
    limitProblems: () => settings.limitProblems(),
    warnings: () => settings.warnings(),
    update(change) {
      if (!change.drafts) return settings.update(change);
      const out: LeftOut[] = [];
      const cut = cutSecrets(redactor, change.drafts, 'drafts', out);
      return settings.update({ ...change, drafts: leaveOutSecrets(redactor, cut, 'drafts', out) });
    },
  };
}
