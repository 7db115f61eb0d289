import type { ByteSpan } from '../define.ts';
import { fileIndex, type LogicalLine } from './logical-lines.ts';
import { pythonLiteral, reflow } from './python-text.ts';

/** A text marked with `_()`, `__()` or `_p()`. */
export interface TextCall {
  line: number;
  text: string;
  /** Of the string literal in the decoded file, with quotes, without a prefix. */
  span: ByteSpan;
  quote: string;
}

/** Finds marked texts anywhere in a line, as `renpy translate` does: in screens, Python, definitions and dialogue. */
export function textCalls(lines: readonly LogicalLine[]): TextCall[] {
  return lines.flatMap((line) => (line.text.includes('_') ? callsIn(line) : []));
}

function callsIn(line: LogicalLine): TextCall[] {
  const { text } = line;
  const found: TextCall[] = [];
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
    found.push({ line: line.number, text: value, span, quote: literal.quote });
  }
  return found;
}

/** The position after the closing bracket, or null where something else follows. */
function closing(text: string, from: number): number | null {
  const close = /\s*\)/uy;
  close.lastIndex = from;
  return close.test(text) ? close.lastIndex : null;
}
