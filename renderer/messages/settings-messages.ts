/** The Settings place. */
export const settingsMessages = {
  settings: {
    title: 'Settings',
    appearance: 'Appearance',
    theme: 'Theme',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    textSize: 'Text size',
    percent: (value: number) => `${value} %`,
    data: 'Data and keys',
    runtimeRoot: 'Data folder',
    keyStore: 'Key store',
    sessionKeys: 'No keyring was found: keys are kept in memory until the app is closed.',
    version: 'Version',
    address: 'API address',
    shortcuts: 'Shortcuts',
  },
} as const;
