import type fc from 'fast-check';
import type { Format, FormatOptions, Unit } from '../define.ts';

/** What the contract suite needs for a format. Texts have `\n`; the suite makes the other encodings and line endings. */
export interface FormatCase {
  name: string;
  format: Format;
  path: string;
  options?: FormatOptions;
  /** A file with every feature of the format. */
  text: string;
  /** The units of `text`. */
  units: Unit[];
  /** Other encodings than UTF-8 and UTF-16 that have all letters of `text`. */
  encodings: string[];
  /** Lines inserted before the last occurrence of `before`. `shifts`: the keys after them change; otherwise all keys stay. */
  insertion: { before: string; lines: string; shifts?: boolean };
  /** Files that cannot be read, with the line of the fault. */
  broken: { text: string; line: number | null }[];
  /** Generates files from valid and invalid pieces. */
  files: fc.Arbitrary<string>;
  /** Whether the translated text is no longer a unit, since the format does not read such texts. */
  dropsUnit?: (key: string, target: string) => boolean;
  /** The form to compare texts in, if the format reads a translation back in another form. */
  normalize?: (text: string) => string;
}
