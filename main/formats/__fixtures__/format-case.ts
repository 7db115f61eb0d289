import type fc from 'fast-check';
import type { Format, FormatOptions, Unit } from '../define.ts';

/** What the contract suite needs to know of a format. Texts are UTF-8 with `\n`; the suite makes the other spellings. */
export interface FormatCase {
  name: string;
  format: Format;
  path: string;
  options?: FormatOptions;
  /** A file with all that the format knows. */
  text: string;
  /** What reading `text` finds. */
  units: Unit[];
  /** Encodings besides UTF-8 and UTF-16 that `text` fits in. */
  encodings: string[];
  /** Lines put before the last occurrence of `before`: keys of the other units stay, or (`shifts`) those after it move on. */
  insertion: { before: string; lines: string; shifts?: boolean };
  /** Files that are refused, with the line at fault. */
  broken: { text: string; line: number | null }[];
  /** Files made of right and wrong pieces. */
  files: fc.Arbitrary<string>;
  /** A translation after which the text is no unit any more, since the format leaves such texts alone. */
  forgets?: (key: string, target: string) => boolean;
  /** What a translation reads back as, where the format knows several spellings of one text. */
  normalize?: (text: string) => string;
}
