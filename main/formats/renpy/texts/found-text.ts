import type { ByteSpan, Unit } from '../../define.ts';
import { quotePython } from '../script/python-text.ts';
import type { TextPlace } from '../script/nodes.ts';
import { doublePercent, quoteSayText } from '../script/say-text.ts';

/** One text of a file: the unit, and every place where its translation goes. Spans are of the decoded file. */
export interface FoundText {
  unit: Unit;
  places: Place[];
}

export interface Place {
  span: ByteSpan;
  /** The translation as it stands in the file. */
  write(target: string): string;
}

/** Key of a text that Ren'Py translates by the text itself. An identifier has no colon, so the two never meet. */
export function stringKey(text: string): string {
  return `strings:${text}`;
}

export function sayPlace(place: TextPlace, percentSubstitution: boolean): Place {
  const quote = place.inner ? '' : place.quoting[0]!;
  return {
    span: place.span,
    write: (target) => {
      const text = percentSubstitution ? doublePercent(target) : target;
      // Triple quotes would make several lines of the text's paragraphs.
      return quote + quoteSayText(text, place.quoting) + quote;
    },
  };
}

/** A choice or caption: the engine looks it up after halving its percent signs. */
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

/** A Python string; `quote` stays where it is a plain one. */
export function pythonPlace(span: ByteSpan, quote: string): Place {
  const plain = quote === "'" ? "'" : '"';
  return { span, write: (target) => plain + quotePython(target, plain) + plain };
}

/** The text of a choice as the engine looks it up. */
export function choiceText(text: string, percentSubstitution: boolean): string {
  return percentSubstitution ? text.replaceAll('%%', '%') : text;
}
