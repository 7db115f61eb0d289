import type { ReasonCode, ReasonValues } from '../../contract/reasons.ts';

/** The core's reasons for dropped and rewritten values in a language other than English. */
export type ReasonTexts = { [C in ReasonCode]: (values: ReasonValues[C]) => string };

/** Translations of texts in the registry's file of model rules, by the English text. */
export type RuleTexts = Readonly<Record<string, string>>;

/** Translates a text of a model rule. A text without a translation, such as the user's own, stays unchanged. */
export function ruleTextIn(texts: RuleTexts, english: string): string {
  return Object.hasOwn(texts, english) ? (texts[english] ?? english) : english;
}
