import { create } from 'zustand';
import type { Catalogue } from './catalogue.ts';
import type { Language } from '../../contract/languages.ts';

interface Shown {
  language: Language;
  /** The texts of the language; null for English, whose texts are in the scripts themselves. */
  catalogue: Catalogue | null;
}

const useShown = create<Shown>(() => ({ language: 'en', catalogue: null }));

/** The language on screen, for components: changing it renders them again. */
export function useLanguage(): Language {
  return useShown(({ language }) => language);
}

/** The language on screen, and the locale for `Intl`. */
export function currentLanguage(): Language {
  return useShown.getState().language;
}

/** The texts of the language on screen; null for English. */
export function currentCatalogue(): Catalogue | null {
  return useShown.getState().catalogue;
}

/** Shows another language: every text that is read from now on is in it, and the panel renders again. */
export function showLanguage(language: Language, catalogue: Catalogue | null): void {
  document.documentElement.lang = language;
  useShown.setState({ language, catalogue });
}
