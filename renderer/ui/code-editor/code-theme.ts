import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

// Custom properties of styles.css apply inside the shadow root, so they define both themes.
const theme = EditorView.theme({
  '&': {
    height: 'var(--editor-height, auto)',
    color: 'var(--color-ink)',
    backgroundColor: 'transparent',
    fontSize: 'var(--text-base)',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--font-mono)',
    fontVariantLigatures: 'none',
    fontSize: '0.92em',
    lineHeight: '1.25rem',
    scrollbarWidth: 'thin',
    scrollbarColor: 'var(--color-line-strong) transparent',
  },
  '.cm-content': {
    padding: '6px 0',
    caretColor: 'var(--color-ink)',
    minHeight: 'calc(var(--editor-lines, 1) * 1.25rem + 12px)',
  },
  '.cm-line': { padding: '0 10px 0 6px' },
  '.cm-line ::selection, .cm-line::selection': { backgroundColor: 'var(--color-selection) !important' },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    color: 'var(--color-ink-faint)',
    border: 'none',
  },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 4px 0 8px', minWidth: '28px' },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--color-accent-soft)',
    outline: '1px solid var(--color-line-strong)',
  },
  '&.cm-focused .cm-nonmatchingBracket': {
    backgroundColor: 'var(--color-bad-soft)',
    color: 'var(--color-bad)',
  },
  '.cm-specialChar': { color: 'var(--color-bad)' },
  '.cm-placeholder': { color: 'var(--color-ink-faint)' },
  '.cm-problem': {
    textDecoration: 'underline wavy var(--color-bad) 1px',
    textUnderlineOffset: '3px',
    textDecorationSkipInk: 'none',
  },
  '.cm-problem-line': { backgroundColor: 'var(--color-bad-soft)' },
});

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.keyword, tags.tagName], color: 'var(--color-key)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--color-string)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--color-number)' },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: 'var(--color-accent)' },
  { tag: [tags.comment, tags.meta, tags.processingInstruction], color: 'var(--color-ink-faint)' },
  { tag: tags.heading, fontWeight: '600' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: [tags.link, tags.url], color: 'var(--color-accent)' },
  { tag: tags.monospace, color: 'var(--color-number)' },
  { tag: tags.invalid, color: 'var(--color-bad)' },
]);

/** The highlighting theme for code, light and dark. */
export const codeTheme: Extension = [theme, syntaxHighlighting(colours)];
