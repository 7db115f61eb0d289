/** What an import of a file says before and while it is looked at. */
export const importMessages = {
  importFile: {
    pick: 'Import a file',
    title: (file: string) => `Import ${file}`,
    help: 'Nothing has changed yet. This is what the file contains and what importing it would do.',
    apply: (count: number) => `Import ${count}`,
    nothing: 'Nothing to import: everything is here already, or cannot be imported.',
    refused: 'Refused items are skipped.',
    columns: { what: 'What', id: 'Id', module: 'Module', outcome: 'Outcome' },
    whats: { preset: 'Preset', edit: 'Edit', active: 'Active', provider: 'Provider', pack: 'Prompt pack' },
    outcomes: { added: 'added', replaced: 'replaced', same: 'the same', refused: 'refused' },
    byDefault: 'the default',
  },
} as const;
