import {
  history,
  historyKeymap,
  indentWithTab,
  standardKeymap,
  toggleTabFocusMode,
} from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import { isMacKeyboard, keyNames } from '../../state/key-names.ts';
import { codeTheme } from './code-theme.ts';
import { problemMarks } from './problem-marks.ts';

/** CodeMirror's key names for switching whether Tab indents or leaves the editor. */
const tabMode = { other: 'Ctrl-m', mac: 'Shift-Alt-m' };

/** The same keys for display. */
export function tabModeKeys(): string {
  const isMac = isMacKeyboard();
  const chord = isMac ? { key: 'm', alt: true, shift: true } : { key: 'm', primary: true };
  return keyNames(chord, isMac).join(isMac ? '' : '+');
}

// Only the standard keys: the full keymap uses Esc, Ctrl+Enter, Ctrl+I and Alt+↑, which the panel needs.
const keys = keymap.of([
  ...standardKeymap,
  ...historyKeymap,
  { key: tabMode.other, mac: tabMode.mac, run: toggleTabFocusMode },
  indentWithTab,
]);

/**
 * Handles typing over a selection. The browser itself would keep the old colour with an inline style, which
 * the page's policy blocks with a console error.
 */
const typeOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { state } = view;
    if (event.inputType !== 'insertText' || event.data === null || event.isComposing) return false;
    if (state.selection.main.empty) return false;
    event.preventDefault();
    if (!state.readOnly)
      view.dispatch(state.replaceSelection(event.data), { userEvent: 'input.type', scrollIntoView: true });
    return true;
  },
});

/** Extensions for all code in the panel, editable or not. */
export const codeExtensions: Extension = [
  lineNumbers(),
  highlightSpecialChars(),
  history(),
  bracketMatching(),
  EditorState.tabSize.of(2),
  EditorView.lineWrapping,
  keys,
  typeOver,
  problemMarks,
  codeTheme,
];

/** The attributes for tests and screen readers. */
export function namedCode(label: string, description: string, readOnly: boolean): Extension {
  return [
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of({
      'aria-label': label,
      // It is focusable anyway; the attribute shows accessibility checkers that the keyboard can scroll it.
      tabindex: '0',
      ...(!readOnly && { 'aria-description': description }),
    }),
  ];
}
