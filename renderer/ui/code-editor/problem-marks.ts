import { ensureSyntaxTree } from '@codemirror/language';
import type { EditorState, Range, Text, Transaction } from '@codemirror/state';
import { StateEffect, StateField } from '@codemirror/state';
import type { DecorationSet } from '@codemirror/view';
import { Decoration, EditorView } from '@codemirror/view';
import { rangeOfPath } from './json-place.ts';
import type { Problem } from './problem.ts';

/** A problem with its position in the text; `line` counts from 1, null means the whole text. */
export interface PlacedProblem {
  message: string;
  from: number;
  to: number;
  line: number | null;
}

const setMarks = StateEffect.define<readonly PlacedProblem[]>();

/** Underlines problems; the marks move with the text until the next check. */
export const problemMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const placed = placedIn([transaction]);
    if (!placed) return marks.map(transaction.changes);
    return Decoration.set(
      placed.flatMap((problem) => decorationsOf(problem, transaction.newDoc)),
      true,
    );
  },
  provide: (field) => EditorView.decorations.from(field),
});

function decorationsOf({ from, to, line }: PlacedProblem, doc: Text): Range<Decoration>[] {
  if (line === null) return [];
  const whole = Decoration.line({ class: 'cm-problem-line' }).range(doc.lineAt(from).from);
  return to > from ? [whole, Decoration.mark({ class: 'cm-problem' }).range(from, to)] : [whole];
}

function locationOf(problem: Problem, state: EditorState): { from: number; to: number } | null {
  const { length } = state.doc;
  if (problem.offset !== undefined) {
    const from = Math.min(problem.offset, length);
    return { from, to: Math.min(from + 1, length) };
  }
  if (!problem.path) return null;
  const tree = ensureSyntaxTree(state, length, 200);
  return tree && rangeOfPath(tree, (from, to) => state.sliceDoc(from, to), problem.path);
}

/** Finds each problem's position in the text. */
export function locateProblems(problems: readonly Problem[], state: EditorState): PlacedProblem[] {
  return problems.map((problem) => {
    const view = locationOf(problem, state);
    if (!view) return { message: problem.message, from: 0, to: 0, line: null };
    return { message: problem.message, ...view, line: state.doc.lineAt(view.from).number };
  });
}

/** The transaction that shows them. */
export function marksFor(placed: readonly PlacedProblem[]): { effects: StateEffect<unknown> } {
  return { effects: setMarks.of(placed) };
}

/** The problems that a `marksFor` transaction among these shows. */
export function placedIn(transactions: readonly Transaction[]): readonly PlacedProblem[] | null {
  const effects = transactions.flatMap((transaction) => transaction.effects);
  return effects.findLast((effect) => effect.is(setMarks))?.value ?? null;
}
