/** A term or a character in `glossary.csv`. */
export interface GlossaryEntry {
  term: string;
  /** One or more translations, separated by `|`; the model is asked to use the first. */
  translation: string;
  /** `character`, `place`, `term` or any other text. */
  kind: string;
  gender: string;
  /** How a character speaks. */
  voice: string;
  note: string;
}

/** A term's translations. */
export function translationsOf({ translation }: GlossaryEntry): string[] {
  return translation
    .split('|')
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

/** An entry as one line of the prompt. */
export function glossaryLine(entry: GlossaryEntry): string {
  const [translation = ''] = translationsOf(entry);
  const about = [entry.gender, entry.voice, entry.note].map((text) => text.trim()).filter(Boolean);
  const head = translation === '' ? entry.term : `${entry.term} = ${translation}`;
  return about.length ? `${head} (${about.join('; ')})` : head;
}
