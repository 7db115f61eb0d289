import { liveMessages } from '../i18n/live-messages.ts';

/** What an import of a file says before and while it is looked at. */
export const importMessages = liveMessages('import', {
  importFile: {
    pick: 'Import a file',
    title: (file: string) => `Import ${file}`,
    help: 'Nothing has changed yet. This is what the file holds and what would become of it.',
    apply: (count: number) => `Import ${count}`,
    nothing: 'Nothing in it can be imported, or all of it is here already.',
    refused: 'What is refused is left out.',
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
    leftOut: 'Not taken',
    byDefault: 'the default',
  },
});
