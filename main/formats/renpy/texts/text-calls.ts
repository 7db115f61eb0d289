import type { ByteSpan } from '../../define.ts';
import { fileIndex, type LogicalLine } from '../script/logical-lines.ts';
import { pythonLiteral, reflow } from '../script/python-text.ts';

/** A text marked with `_()`, `__()` or `_p()`. */
export interface TextCall {
  line: number;
  text: string;
  /** The string literal in the decoded file, including its quotes but not its prefix. */
  span: ByteSpan;
  quote: string;
}

/** Finds marked texts as `renpy translate` does: anywhere in a line, in screens, Python, definitions and dialogue. */
export function textCalls(lines: readonly LogicalLine[]): TextCall[] {
  return lines.flatMap((line) => (line.text.includes('_') ? callsIn(line) : []));
}

function callsIn(line: LogicalLine): TextCall[] {
  const { text } = line;
  const calls: TextCall[] = [];
  const call = /(?<![\p{L}\p{N}_])_[_p]?\s*\(\s*[uU]?(?=["'])/gu;
  for (let match = call.exec(text); match !== null; match = call.exec(text)) {
    const from = call.lastIndex;
    const literal = pythonLiteral(text, from);
    const close = literal === null ? null : closing(text, literal.end);
    if (literal === null || close === null) {
      call.lastIndex = match.index + 1;
      continue;
    }
    call.lastIndex = close;
    const value = match[0].startsWith('_p') ? reflow(literal.value) : literal.value;
    if (value === '') continue;
    const span = { from: fileIndex(line, from), to: fileIndex(line, literal.end - 1) + 1 };
    calls.push({ line: line.number, text: value, span, quote: literal.quote });
  }
  return calls;
}

/** The position after the closing bracket, or null if other text follows. */
function closing(text: string, from: number): number | null {
  const close = /\s*\)/uy;
  close.lastIndex = from;
  return close.test(text) ? close.lastIndex : null;
}
