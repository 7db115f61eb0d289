import { liveMessages } from '../i18n/live-messages.ts';
import { plural } from '../i18n/plural.ts';
/** The banner above every view that lists files which cannot be used, and the list of recent changes. */
export const userFilesMessages = liveMessages('userFiles', {
  files: {
    label: 'Files with problems',
    title: (count: number) =>
      plural(count, { one: '1 file has a problem', other: `${count} files have problems` }),
    line: (line: number, message: string) => `Line ${line}: ${message}`,
    at: (path: string, message: string) => `${path}: ${message}`,
    effects: {
      left_out: 'It is not used until it is fixed.',
      defaults: 'Default values are used until it is fixed.',
      last_read: 'The panel uses it as it was last read.',
    },
    limits: 'The default limit applies until it is fixed.',
    foreign: 'This file belongs to ComfyVN: the panel never changes it.',
    variable: 'Set the environment variable to an amount such as 2 or 0.25, then start the panel again.',
    open: (line: number) => `Open at line ${line}`,
    openFile: 'Open',
    copyPath: 'Copy path',
    pathCopied: 'Path copied',
    lastGood: 'Use last good',
    lastGoodTitle: (time: string) =>
      `Puts back the copy of ${time}. The file as it is now is kept beside it.`,
    repair: 'Repair',
    repairTitle: 'The file as it is now is kept beside it.',
    repairs: (changes: string) => `Repair changes: ${changes}`,
    syntax: (lines: string) => `quotes, commas and brackets (line ${lines})`,
    rename: (from: string, to: string, line: number) => `the field “${from}” to “${to}” (line ${line})`,
    value: (from: string, to: string, line: number) => `the text "${from}" to the value ${to} (line ${line})`,
    showAll: 'Show details',
    showLess: 'Hide details',
    repaired: (file: string) => `${file} is repaired`,
    restored: (file: string) => `${file} was restored to its last good copy`,
    copyAt: (path: string) => `Copy of the previous file: ${path}`,
    dismiss: 'Dismiss',
  },
  changes: {
    title: 'Recent changes',
    none: 'There is nothing to undo',
    help: 'The latest 50 changes can be undone while the panel runs.',
    undo: 'Undo',
    undoOf: (summary: string) => `Undo: ${summary}`,
    undone: (summary: string) => `Undone: ${summary}`,
    failed: 'The change was not undone',
    close: 'Close the list',
  },
});
