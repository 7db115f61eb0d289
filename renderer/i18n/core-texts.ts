import type { TextCode, TextKind, TextValues } from '../../contract/coded-texts.ts';
import type { ConnectionCode, ConnectionValues } from '../../contract/connection-failure.ts';
import type { ReasonCode, ReasonValues } from '../../contract/reasons.ts';
import type { WarningCode, WarningValues } from '../../contract/warnings.ts';

// The core's own texts are in English. These are their tables in another language, by code.

export type WarningTexts = { [C in WarningCode]: (values: WarningValues[C]) => string };

/** Why a parameter was dropped or a value rewritten. */
export type ReasonTexts = { [C in ReasonCode]: (values: ReasonValues[C]) => string };

/** The kinds of `contract/coded-texts.ts`. */
export type CodedTexts = {
  [K in TextKind]: { [C in TextCode<K>]: (values: TextValues<K, C>) => string };
};

/** The texts of `file_problem` about fields. */
export type FieldTexts = Pick<
  CodedTexts['file_problem'],
  | 'required'
  | 'wrong_type'
  | 'one_of'
  | 'too_small'
  | 'too_big'
  | 'no_such_form'
  | 'name_refused'
  | 'header'
  | 'query_credential'
  | 'key_in_file'
  | 'masked_key'
  | 'rule'
>;

/** Why no reply came, and what to try; null if the advice for the error's code says it. */
export interface ConnectionText {
  text: string;
  hint: string | null;
}

export type ConnectionTexts = { [C in ConnectionCode]: (values: ConnectionValues[C]) => ConnectionText };

/** Translations of texts in the registry's file of model rules, by the English text. */
export type RuleTexts = Readonly<Record<string, string>>;

/** Translates a text of a model rule. A text without a translation, such as the user's own, stays unchanged. */
export function ruleTextIn(texts: RuleTexts, english: string): string {
  return Object.hasOwn(texts, english) ? (texts[english] ?? english) : english;
}
