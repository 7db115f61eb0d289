/** What the native menus say; the panel's own texts are in `renderer/messages`. */
export const menuTexts = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  help: 'Help',
  create: 'New',
  save: 'Save',
  palette: 'All Commands…',
  quickSwitch: 'Switch Model or Preset…',
  settings: 'Settings…',
  undo: 'Undo',
  changes: 'Recent Changes…',
  inspector: 'Inspector',
  documents: 'Documents',
  places: {
    bench: 'Bench',
    providers: 'Providers',
    modules: 'Modules',
    'prompt-packs': 'Prompt Packs',
    history: 'History',
    server: 'Server',
  },
} as const;
