import type { ByteSpan, Unit } from '../../define.ts';
import { quotePython } from '../script/python-text.ts';
import type { QuotedText } from '../script/nodes.ts';
import { doublePercent, quoteSayText } from '../script/say-text.ts';

/** One text of a file: the unit, and every occurrence that its translation replaces. Spans are in the decoded file. */
export interface ScriptText {
  unit: Unit;
  occurrences: Occurrence[];
}

export interface Occurrence {
  span: ByteSpan;
  /** Formats the translation for the file, including quotes. */
  write(target: string): string;
}

/** The key of a text that Ren'Py translates by the text itself. Identifiers have no colon, so keys stay unique. */
export function stringKey(text: string): string {
  return `strings:${text}`;
}

export function sayOccurrence(quoted: QuotedText, percentSubstitution: boolean): Occurrence {
  const quote = quoted.inner ? '' : quoted.quoting[0]!;
  return {
    span: quoted.span,
    write: (target) => {
      const text = percentSubstitution ? doublePercent(target) : target;
      // One quote instead of three: within triple quotes, the engine would split the text into paragraphs.
      return quote + quoteSayText(text, quoted.quoting) + quote;
    },
  };
}

/** A choice or caption. The engine halves its percent signs before it looks up the translation. */
export function choiceOccurrence(quoted: QuotedText, percentSubstitution: boolean): Occurrence {
  const quote = quoted.quoting[0]!;
  return {
    span: quoted.span,
    write: (target) => {
      const text = percentSubstitution ? target.replaceAll('%', '%%') : target;
      return quote + quoteSayText(text, quoted.quoting) + quote;
    },
  };
}

/** A Python string. Triple quotes become double quotes. */
export function pythonOccurrence(span: ByteSpan, quote: string): Occurrence {
  const plain = quote === "'" ? "'" : '"';
  return { span, write: (target) => plain + quotePython(target, plain) + plain };
}

/** The text by which the engine looks up a choice. */
export function choiceText(text: string, percentSubstitution: boolean): string {
  return percentSubstitution ? text.replaceAll('%%', '%') : text;
}
