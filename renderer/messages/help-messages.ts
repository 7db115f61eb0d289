import { liveMessages } from '../i18n/live-messages.ts';
/** The documents in the window. Their texts are English. */
export const helpMessages = liveMessages('help', {
  help: {
    title: 'Help',
    close: 'Close help',
    documents: 'Documents',
    titles: {
      README: 'About the panel',
      configuration: 'Configuration',
      comfyvn: 'With ComfyVN',
      clients: 'Other clients',
      'adding-a-check': 'Adding a check',
      'adding-a-provider': 'Adding a provider',
      presets: 'Presets',
      trials: 'Trials',
      'model-rules': 'Model parameters',
      'command-line': 'The command line',
      troubleshooting: 'Troubleshooting',
      security: 'Security',
      studio: 'Several machines',
      systems: 'Windows, macOS, Linux',
      performance: 'Performance',
      architecture: 'Architecture',
    } as Partial<Record<string, string>>,
  },
});
