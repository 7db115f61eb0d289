import { liveMessages } from '../i18n/live-messages.ts';
import { plural } from '../i18n/plural.ts';

/** Texts of the Settings view. */
export const settingsMessages = liveMessages('settings', {
  settings: {
    title: 'Settings',
    appearance: 'Appearance',
    theme: 'Theme',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    language: 'Language',
    systemLanguage: 'System',
    textSize: 'Text size',
    percent: (value: number) => `${value} %`,
    data: 'Data and keys',
    runtimeRoot: 'Data folder',
    openFolder: 'Open data folder',
    openLogs: 'Open logs',
    openConfig: 'Open configuration',
    openNot: 'Only the desktop app can open folders; the path is shown here.',
    keyStore: 'Key store',
    sessionKeys: 'No keyring was found: keys are kept in memory until the app is closed.',
    version: 'Version',
    address: 'API address',
    openFlags: 'Show feature flags',
    shortcuts: 'Shortcuts',
    budget: {
      title: 'Budget',
      intro:
        'A cloud call that could exceed a limit is refused before anything is sent. Local models and the stub are free.',
      limits: { daily: 'Daily limit (USD)', call: 'Limit per call (USD)' },
      dailyHint: 'Days are counted in UTC. Empty: no limit.',
      callHint: 'Compared with the highest possible cost of a call. Empty: no limit.',
      problem: 'Enter an amount in USD such as 2 or 0.25, or leave it empty for no limit.',
      save: 'Save budget',
      unchanged: 'No changes',
      saved: 'Budget saved',
      noDaily: 'Without a daily limit, nothing stops a script that keeps calling.',
      noCall: 'Without a limit for a call, one long reply may cost any amount.',
      zero: 'With a limit of 0, no call that costs money is made.',
      fixed: (variable: string) => `Set by ${variable}; change it there.`,
      spent: (amount: string) => `${amount} spent today.`,
    },
    calls: {
      title: 'Call log',
      bodies: 'Save messages and replies',
      bodiesHelp:
        'At most 64 kB for each call, for the latest 10,000 calls. Keys are removed. If off, only figures such as cost and time are saved.',
      days: 'Keep calls for',
      range: (days: number) =>
        days % 365 === 0
          ? plural(days / 365, { one: '1 year', other: `${days / 365} years` })
          : plural(days, { one: '1 day', other: `${days} days` }),
      daysHelp: 'Older calls are removed within an hour. The totals of each day are kept longer.',
    },
    sharing: {
      title: 'Several machines',
      help: 'Help with translation runs of other machines',
      about:
        'For several machines that share a PostgreSQL database. Keys stay on this machine, so it takes only requests that it has keys for.',
    },
    about: {
      title: 'About',
      product: 'ComfyVN LLM Panel',
      license: 'Licence',
      runtime: 'Runtime',
      system: 'System',
      fallback: (version: string) =>
        `Electron ${version} is a development runtime, not meant for everyday use.`,
      parts: (count: number) => `Third-party software (${count})`,
      part: 'Software',
      copy: 'Copy',
    },
  },
});
