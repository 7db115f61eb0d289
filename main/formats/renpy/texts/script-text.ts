import type { ByteSpan, Unit } from '../../define.ts';
import { quotePython } from '../script/python-text.ts';
import type { TextPlace } from '../script/nodes.ts';
import { doublePercent, quoteSayText } from '../script/say-text.ts';

/** One text of a file: the unit, and every place that its translation replaces. Spans are in the decoded file. */
export interface ScriptText {
  unit: Unit;
  places: Place[];
}

export interface Place {
  span: ByteSpan;
  /** Formats the translation for the file, including quotes. */
  write(target: string): string;
}

/** The key of a text that Ren'Py translates by the text itself. Identifiers have no colon, so keys stay unique. */
export function stringKey(text: string): string {
  return `strings:${text}`;
}

export function sayPlace(place: TextPlace, percentSubstitution: boolean): Place {
  const quote = place.inner ? '' : place.quoting[0]!;
  return {
    span: place.span,
    write: (target) => {
      const text = percentSubstitution ? doublePercent(target) : target;
      // One quote instead of three: within triple quotes, the engine would split the text into paragraphs.
      return quote + quoteSayText(text, place.quoting) + quote;
    },
  };
}

/** A choice or caption. The engine halves its percent signs before it looks up the translation. */
export function choicePlace(place: TextPlace, percentSubstitution: boolean): Place {
  const quote = place.quoting[0]!;
  return {
    span: place.span,
    write: (target) => {
      const text = percentSubstitution ? target.replaceAll('%', '%%') : target;
      return quote + quoteSayText(text, place.quoting) + quote;
    },
  };
}

/** A Python string. Triple quotes become double quotes. */
export function pythonPlace(span: ByteSpan, quote: string): Place {
  const plain = quote === "'" ? "'" : '"';
  return { span, write: (target) => plain + quotePython(target, plain) + plain };
}

/** The text by which the engine looks up a choice. */
export function choiceText(text: string, percentSubstitution: boolean): string {
  return percentSubstitution ? text.replaceAll('%%', '%') : text;
}
