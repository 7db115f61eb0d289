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

/** CodeMirror's names of the keys by which Tab indents, or leaves the editor again. */
const tabMode = { other: 'Ctrl-m', mac: 'Shift-Alt-m' };

/** The same keys for a sentence. */
export function tabModeKeys(isMac = isMacKeyboard()): string {
  const chord = isMac ? { key: 'm', alt: true, shift: true } : { key: 'm', primary: true };
  return keyNames(chord, isMac).join(isMac ? '' : '+');
}

// The standard keys only: the fuller map takes Esc, Ctrl+Enter, Ctrl+I and Alt+↑, which are the panel's.
const keys = keymap.of([
  ...standardKeymap,
  ...historyKeymap,
  { key: tabMode.other, mac: tabMode.mac, run: toggleTabFocusMode },
  indentWithTab,
]);

/**
 * Typing over a selection. Left to the browser, it keeps the colour of what was there by an inline style, which the
 * page's policy forbids and says so in the console.
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

/** What every piece of code in the panel has, whether it is edited or only read. */
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

/** The attributes by which it is found and read aloud. */
export function namedCode(label: string, description: string, readOnly: boolean): Extension {
  return [
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of({
      'aria-label': label,
      // It can have the focus anyway; the attribute keeps checkers from taking it for a text that no key can scroll.
      tabindex: '0',
      ...(!readOnly && { 'aria-description': description }),
    }),
  ];
}
