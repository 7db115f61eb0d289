import { Compartment, EditorSelection, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { type CSSProperties, useEffect, useEffectEvent, useRef, useState } from 'react';
import { editorMessages } from '../../messages/editor-messages.ts';
import { clsx } from 'clsx';
import { codeExtensions, namedCode, tabModeKeys } from './code-extensions.ts';
import type { CodeEditorProps } from './code-editor.tsx';
import { loadLanguage, shadowRootOf } from './load-language.ts';
import { type PlacedProblem, marksFor, placedIn, locateProblems } from './problem-marks.ts';
import type { Problem } from './problem.ts';
import { ProblemList } from './problem-list.tsx';

const noProblems: readonly Problem[] = [];

/** The editor itself; `code-editor.tsx` loads it lazily. */
export function EditorCore({
  label,
  value,
  onChange,
  language = 'text',
  readOnly = onChange === undefined,
  problems = noProblems,
  minLines = 1,
  fill = false,
}: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor | null>(null);
  const [placed, setPlaced] = useState<readonly PlacedProblem[]>([]);
  const reported = useEffectEvent((text: string) => onChange?.(text));
  // Sets text and name immediately, because a test or screen reader may read them before the next effect.
  const first = useEffectEvent(() => ({ doc: value, name: nameOf(label, readOnly) }));

  useEffect(() => {
    if (!host.current) return undefined;
    const created = makeEditor(host.current, first(), {
      onChange: (text) => reported(text),
      onPlaced: setPlaced,
    });
    setEditor(created);
    return () => created.view.destroy();
  }, []);

  useEffect(() => {
    if (editor) replaceText(editor.view, value);
  }, [editor, value]);

  useEffect(() => {
    editor?.view.dispatch({ effects: editor.named.reconfigure(nameOf(label, readOnly)) });
  }, [editor, label, readOnly]);

  const [grammar, setGrammar] = useState<string | null>(null);
  useEffect(() => {
    let wanted = editor !== null;
    void loadLanguage(language).then((extension) => {
      if (!wanted) return;
      editor?.view.dispatch({ effects: editor.language.reconfigure(extension) });
      setGrammar(language);
    });
    return () => {
      wanted = false;
    };
  }, [editor, language]);

  useEffect(() => {
    // Positions need the grammar's syntax tree.
    if (!editor || grammar !== language) return;
    editor.view.dispatch(marksFor(locateProblems(problems, editor.view.state)));
  }, [editor, problems, grammar, language]);

  return (
    <div className={clsx('flex min-w-0 flex-col', fill ? 'h-full min-h-0' : 'shrink-0')}>
      <div
        ref={host}
        style={sizeOf(fill, minLines)}
        className={clsx(
          'min-w-0 overflow-hidden rounded-md border border-line-strong bg-raised',
          'focus-within:outline-2 focus-within:outline-accent',
          fill && 'min-h-0 flex-1',
        )}
      />
      <ProblemList problems={placed} onGo={(problem) => editor && goTo(editor.view, problem)} />
    </div>
  );
}

const nameOf = (label: string, readOnly: boolean) =>
  namedCode(label, editorMessages.editor.tabHelp(tabModeKeys()), readOnly);

interface Listeners {
  onChange: (text: string) => void;
  onPlaced: (problems: readonly PlacedProblem[]) => void;
}

interface Editor {
  view: EditorView;
  language: Compartment;
  named: Compartment;
}

function makeEditor(
  host: HTMLElement,
  { doc, name }: { doc: string; name: Extension },
  { onChange, onPlaced }: Listeners,
): Editor {
  const root = shadowRootOf(host);
  const language = new Compartment();
  const named = new Compartment();
  const listen = EditorView.updateListener.of((update) => {
    if (update.docChanged && !update.transactions.some((one) => one.isUserEvent('outside'))) {
      onChange(update.state.doc.toString());
    }
    const placed = placedIn(update.transactions);
    if (placed) onPlaced(placed);
  });
  const extensions = [codeExtensions, language.of([]), named.of(name), listen];
  const view = new EditorView({ doc, extensions, parent: root, root });
  view.setTabFocusMode(true);
  return { view, language, named };
}

/** Inserts a value from outside (an undo, another preset); text typed here is already present. */
function replaceText(view: EditorView, text: string): void {
  const { doc } = view.state;
  if (doc.toString() === text) return;
  view.dispatch({ changes: { from: 0, to: doc.length, insert: text }, userEvent: 'outside' });
}

function goTo(view: EditorView, { from }: PlacedProblem): void {
  view.dispatch({ selection: EditorSelection.cursor(from), scrollIntoView: true });
  view.focus();
}

function sizeOf(fill: boolean, minLines: number): CSSProperties {
  const size = {
    '--editor-height': fill ? '100%' : 'auto',
    '--editor-lines': minLines,
  };
  return size as CSSProperties;
}
