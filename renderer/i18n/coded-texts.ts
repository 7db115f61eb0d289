import type { TextCode, TextKind, TextValues } from '../../contract/coded-texts.ts';

/** The core's texts other than warnings and errors, in a language other than English, which is the core's own. */
export type CodedTexts = {
  [K in TextKind]: { [C in TextCode<K>]: (values: TextValues<K, C>) => string };
};
