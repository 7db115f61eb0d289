import { EditorView } from '@codemirror/view';

const removed = 'color-mix(in oklch, var(--color-bad) 15%, transparent)';
const added = 'color-mix(in oklch, var(--color-ok) 15%, transparent)';

/** How differences are coloured. The base theme has colours of its own for each of these. */
export const mergeTheme = EditorView.theme({
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--color-bad-soft)' },
  '&.cm-merge-b .cm-changedLine, .cm-insertedLine': { backgroundColor: 'var(--color-ok-soft)' },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText': {
    background: `${removed} !important`,
    borderRadius: '2px',
  },
  '&.cm-merge-b .cm-changedText': { background: `${added} !important`, borderRadius: '2px' },
  '&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter': { background: 'var(--color-bad)' },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--color-ok)' },
});
