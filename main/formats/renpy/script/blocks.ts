import { fileFault } from '../../file-fault.ts';
import { FormatError } from '../../define.ts';
import { fileIndex, type LogicalLine } from './logical-lines.ts';

/** Deeper nesting overflows the engine's own parser. */
const MAX_DEPTH = 200;

/** A logical line without its indentation, and the lines indented below it. */
export interface ScriptLine {
  number: number;
  text: string;
  block: ScriptLine[];
  indent: number;
  origin: LogicalLine;
}

/** The span of `line.text.slice(from, to)` in the file. */
export function fileSpan(line: ScriptLine, from: number, to: number): { from: number; to: number } {
  const { origin, indent } = line;
  const start = fileIndex(origin, from + indent);
  return { from: start, to: to > from ? fileIndex(origin, to - 1 + indent) + 1 : start };
}

/**
 * Nests lines by their indentation.
 * @throws FormatError for indentation that matches no block; the engine rejects it too
 */
export function groupLines(lines: readonly LogicalLine[]): ScriptLine[] {
  const root: ScriptLine[] = [];
  const open: { depth: number; block: ScriptLine[] }[] = [];
  for (const origin of lines) {
    const { number } = origin;
    let indent = 0;
    while (origin.text.charCodeAt(indent) === 0x20) indent += 1;
    const line: ScriptLine = { number, text: origin.text.slice(indent), block: [], indent, origin };
    while (open.length > 0 && open[open.length - 1]!.depth > indent) open.pop();
    const current = open[open.length - 1];
    if (current === undefined) {
      if (indent > 0) {
        const message = `Line ${number} is indented, but no line above it begins a block.`;
        throw new FormatError(fileFault('renpy_no_block', { line: number }, message));
      }
      root.push(line);
      open.push({ depth: 0, block: root });
    } else if (indent === current.depth) {
      current.block.push(line);
    } else {
      const parent = current.block[current.block.length - 1]!;
      if (parent.block.length > 0) {
        const message = `Line ${number} is indented by ${indent} spaces, which matches no line above it. Correct the indentation and import the file again.`;
        throw new FormatError(fileFault('renpy_indent', { line: number, spaces: indent }, message));
      }
      if (open.length >= MAX_DEPTH) {
        const message = `Line ${number} is nested more than ${MAX_DEPTH} levels deep.`;
        throw new FormatError(fileFault('renpy_depth', { line: number, levels: MAX_DEPTH }, message));
      }
      parent.block.push(line);
      open.push({ depth: indent, block: parent.block });
    }
  }
  return root;
}
