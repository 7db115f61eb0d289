import { currentLanguage } from './current-language.ts';
import { perLanguage } from './per-language.ts';

const rules = perLanguage(() => new Intl.PluralRules(currentLanguage()));

/** The form of a text that a count takes in the language on screen; Japanese and Chinese have `other` alone. */
export function plural(count: number, forms: { one?: string; other: string }): string {
  return (rules().select(count) === 'one' && forms.one) || forms.other;
}
