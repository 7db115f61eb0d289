import { currentLanguage } from './current-language.ts';
import type { Language } from '../../contract/languages.ts';

/** `make`, run once for each language: what it returns stays the same object until the language changes. */
export function perLanguage<T>(make: () => T): () => T {
  const values = new Map<Language, T>();
  return () => {
    const language = currentLanguage();
    const known = values.get(language);
    if (known !== undefined) return known;
    const value = make();
    values.set(language, value);
    return value;
  };
}
