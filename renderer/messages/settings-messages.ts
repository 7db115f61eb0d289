import { liveMessages } from '../i18n/live-messages.ts';
import { plural } from '../i18n/plural.ts';

/** The Settings place. */
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
    openFolder: 'Open the data folder',
    openLogs: 'Open the logs',
    openConfig: 'Open the configuration',
    openNot: 'Folders are opened by the desktop app; here the path is shown.',
    keyStore: 'Key store',
    sessionKeys: 'No keyring was found: keys are kept in memory until the app is closed.',
    version: 'Version',
    address: 'API address',
    openFlags: 'Show feature flags',
    shortcuts: 'Shortcuts',
    budget: {
      title: 'Budget',
      intro:
        'A cloud call that could pass a limit is refused before anything is sent. Local models and the stub are free.',
      daily: 'A day, in USD',
      call: 'A call, in USD',
      dailyHint: 'Days are counted in UTC. Empty: no limit.',
      callHint: 'Judged by the most a call could cost. Empty: no limit.',
      problem: 'An amount in USD, as 2 or 0.25; empty for no limit.',
      save: 'Save the budget',
      unchanged: 'Nothing was changed',
      saved: 'The budget was saved',
      noDaily: 'Without a daily limit nothing stops a script that goes on calling.',
      noCall: 'Without a limit for a call, one long reply may cost any amount.',
      zero: 'With a limit of 0, no call that costs money is made.',
      fixed: (variable: string) => `Set by ${variable}; change it there.`,
      spent: (amount: string) => `${amount} spent today.`,
    },
    calls: {
      title: 'Call log',
      bodies: 'Keep what was said',
      bodiesHelp:
        'Messages and replies of each call, at most 64 kB each, of the latest 10,000 calls. Keys are cut out. Off: only figures are kept.',
      days: 'Keep calls for',
      range: (days: number) =>
        days % 365 === 0
          ? plural(days / 365, { one: '1 year', other: `${days / 365} years` })
          : plural(days, { one: '1 day', other: `${days} days` }),
      daysHelp: 'Older calls are removed within the hour. What each day came to is kept longer.',
    },
    about: {
      title: 'About',
      product: 'ComfyVN LLM Panel',
      license: 'Licence',
      runtime: 'Runtime',
      system: 'System',
      fallback: (version: string) =>
        `Electron ${version} is a development runtime, not meant for everyday use.`,
      parts: (count: number) => `Parts by others (${count})`,
      part: 'Part',
      copy: 'Copy',
    },
  },
});
