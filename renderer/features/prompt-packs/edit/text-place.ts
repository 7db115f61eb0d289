import { packProblemText } from '../../../api/coded-text.ts';
import type { PackProblem } from '../../../../contract/user-pack.ts';
import type { Problem } from '../../../ui/code-editor/problem.ts';

/** The character offset of a line and column, both from 1. */
function offsetOf(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
}

/** Splits `/properties/a/0` or `variables[0].sample` into its keys. */
export function keysOf(path: string): (string | number)[] {
  const parts = path.startsWith('/')
    ? path
        .slice(1)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    : (path.match(/[^.[\]]+/g) ?? []);
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Main's problems in one file of a pack, with their positions in its editor. */
export function problemsOf(file: string, text: string, problems: readonly PackProblem[]): Problem[] {
  return problems
    .filter((problem) => problem.file === file)
    .map((problem) => {
      const { path, line, column } = problem;
      const message = packProblemText(problem);
      if (line !== undefined) return { message, offset: offsetOf(text, line, column ?? 1) };
      return path ? { message, path: keysOf(path) } : { message };
    });
}
