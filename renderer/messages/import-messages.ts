import { liveMessages } from '../i18n/live-messages.ts';

/** Texts of the review before a file is imported. */
export const importMessages = liveMessages('import', {
  importFile: {
    pick: 'Import a file',
    title: (file: string) => `Import ${file}`,
    help: 'Nothing has changed yet. This is what the file contains and what importing it would do.',
    apply: (count: number) => `Import ${count}`,
    nothing: 'Nothing to import: everything is here already, or cannot be imported.',
    refused: 'Refused items are skipped.',
    columns: { what: 'What', id: 'Id', module: 'Module', outcome: 'Outcome' },
    whats: {
      preset: 'Preset',
      edit: 'Edit',
      active: 'Active',
      provider: 'Provider',
      pack: 'Prompt pack',
      persona: 'Persona',
      file: 'File',
    },
    outcomes: { added: 'added', replaced: 'replaced', same: 'the same', refused: 'refused' },
    leftOut: 'Not imported',
    byDefault: 'the default',
  },
});
