import type { Unit } from '../define.ts';
import { escapesLetters, jsonLiteral, type JsonString } from '../shared/json-reader.ts';
import { WriteFault, Scan } from '../shared/text-format.ts';
import type { Command } from './command.ts';
import { lineCells, wrapLine } from './wrap.ts';

/** One line of a message: its command, and the text in it. */
export interface MessageLine {
  command: Command;
  text: JsonString;
}

/** Collects the units of a data file: single texts, and messages in which each line is a command. */
export class UnitCollector {
  readonly scan: Scan;
  readonly #text: string;
  readonly #escapeLetters: boolean;
  // By the index of the unit; single texts have no entry.
  readonly #messages = new Map<number, readonly MessageLine[]>();

  constructor(text: string) {
    this.#text = text;
    this.#escapeLetters = escapesLetters(text);
    this.scan = new Scan((index, target) => this.#render(index, target));
  }

  /** Adds a text that is a single JSON string, unless it is blank. */
  addText(key: string, text: JsonString, details: Partial<Unit> = {}): void {
    if (text.value.trim() === '') return;
    this.scan.add({ key, source: text.value, ...details }, text.from, text.to);
  }

  /** Adds a message. Its span goes from the command of its first line to the command of its last line. */
  addMessage(key: string, lines: readonly MessageLine[], maxCells: number, details: Partial<Unit>): void {
    const [first, last] = [lines[0], lines.at(-1)];
    if (first === undefined || last === undefined || lines.every(({ text }) => text.value.trim() === ''))
      return;
    // If the original has longer lines, the game has a wider window or a plugin that wraps lines.
    const widest = lines.reduce((max, { text }) => Math.max(max, lineCells(text.value)), maxCells);
    this.#messages.set(this.scan.units.length, lines);
    const source = lines.map(({ text }) => text.value).join('\n');
    const width = Number.isFinite(widest) ? { maxCells: widest } : {};
    this.scan.add({ key, source, ...width, ...details }, first.command.from, last.command.to);
  }

  #render(index: number, target: string): string | WriteFault {
    if (target.trim() === '') return new WriteFault('An empty translation would remove the text.');
    const lines = this.#messages.get(index);
    if (lines === undefined) return jsonLiteral(target, this.#escapeLetters);
    const maxCells = this.scan.units[index]?.maxCells ?? Infinity;
    const texts = target.split(/\r\n|\n|\r/).flatMap((line) => wrapLine(line, maxCells));
    return texts.map((text, at) => this.#lineCommand(lines, at, text)).join('');
  }

  /**
   * The command for one line, with the separator before it. It copies the formatting of the original's command for that
   * line; further lines copy the original's last command.
   */
  #lineCommand(lines: readonly MessageLine[], at: number, text: string): string {
    const model = lines[Math.min(at, lines.length - 1)];
    if (model === undefined) return '';
    const { command, text: literal } = model;
    const after = this.#text.slice(literal.to, command.to);
    const before = this.#text.slice(command.from, literal.from);
    // The first line of a comment has code 108, the others have 408.
    const head =
      at > 0 && command.code === 108
        ? `${this.#text.slice(command.from, command.codeFrom)}408${this.#text.slice(command.codeTo, literal.from)}`
        : before;
    return (at === 0 ? '' : this.#separator(lines)) + head + jsonLiteral(text, this.#escapeLetters) + after;
  }

  /** A comma and white space, as the file has them between two commands. */
  #separator(lines: readonly MessageLine[]): string {
    const [first, second] = lines;
    if (first !== undefined && second !== undefined) {
      return this.#text.slice(first.command.to, second.command.from);
    }
    let from = first?.command.from ?? 0;
    const end = from;
    while (from > 0 && /\s/.test(this.#text[from - 1] ?? '')) from -= 1;
    return `,${this.#text.slice(from, end)}`;
  }
}
