import { currentLanguage } from './current-language.ts';
import { perLanguage } from './per-language.ts';

const rules = perLanguage(() => new Intl.PluralRules(currentLanguage()));

/** The form of a text that a count takes in the language on screen; Japanese and Chinese have `other` alone. */
export function plural(count: number, forms: { one?: string; other: string }): string {
  return (rules().select(count) === 'one' && forms.one) || forms.other;
}

/** The same for a count that is written out already, as `1,234`: one alone is written `1`. */
export function pluralOf(written: string, forms: { one?: string; other: string }): string {
  return plural(written === '1' ? 1 : 2, forms);
}
