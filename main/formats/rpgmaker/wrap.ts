import { cellsOf } from '../shared/cells.ts';

// Escape codes of the message window, and the cells that they draw: an estimate, since names and numbers vary.
const code = /\\(?:([A-Za-z]+)(?:\[[^\]]*\])?|[.|^!><{}$\\])/y;
const drawn: Record<string, number> = { I: 3, N: 8, P: 8, V: 3, G: 2 };
const neverFirst =
  /[、。，．・：；？！゛゜ヽヾゝゞ々ー）」』】〉》〕’”…‥ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.!?:;)\]}%]/u;
const neverLast = /[（「『【〈《〔‘“([{]/u;

interface Word {
  text: string;
  cells: number;
  /** The spaces after the word, which are dropped at a line break. */
  space: string;
}

/** The width of a line in cells. An escape code counts as the text that it draws, by an estimate. */
export function lineCells(line: string): number {
  let cells = 0;
  for (const word of wordsOf(line)) cells += word.cells + word.space.length;
  return cells;
}

/** Breaks a line wider than `maxCells` at spaces, or between full-width letters by Japanese line-breaking rules. */
export function wrapLine(line: string, maxCells: number): string[] {
  const lines: string[] = [];
  let current = '';
  let width = 0;
  let space = '';
  for (const word of wordsOf(line)) {
    if (current !== '' && width + space.length + word.cells > maxCells) {
      lines.push(current);
      current = '';
      width = 0;
      space = '';
    }
    current += space + word.text;
    width += space.length + word.cells;
    space = word.space;
  }
  lines.push(current + space);
  return lines;
}

function* wordsOf(line: string): Generator<Word> {
  let word: Word = { text: '', cells: 0, space: '' };
  let last = '';
  for (const { text, cells, isLetter } of atomsOf(line)) {
    if (text === ' ') {
      word.space += text;
      last = text;
      continue;
    }
    const isBreak = word.space !== '' || (isLetter && isBreakable(last, text));
    if (isBreak && (word.text !== '' || word.space !== '')) {
      yield word;
      word = { text: '', cells: 0, space: '' };
    }
    word.text += text;
    word.cells += cells;
    if (isLetter) last = text;
  }
  if (word.text !== '' || word.space !== '') yield word;
}

function isBreakable(before: string, after: string): boolean {
  if (before === '' || neverFirst.test(after) || neverLast.test(before)) return false;
  return cellsOf(before) === 2 || cellsOf(after) === 2;
}

function* atomsOf(line: string): Generator<{ text: string; cells: number; isLetter: boolean }> {
  let at = 0;
  while (at < line.length) {
    code.lastIndex = at;
    const match = line[at] === '\\' ? code.exec(line) : null;
    if (match !== null) {
      const cells = match[0] === '\\\\' ? 1 : (drawn[(match[1] ?? '').toUpperCase()] ?? 0);
      yield { text: match[0], cells, isLetter: false };
      at += match[0].length;
      continue;
    }
    const letter = String.fromCodePoint(line.codePointAt(at) ?? 0);
    yield { text: letter, cells: cellsOf(letter), isLetter: true };
    at += letter.length;
  }
}
