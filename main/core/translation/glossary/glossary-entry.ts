/** A term or a character, as `glossary.csv` has it. */
export interface GlossaryEntry {
  term: string;
  /** Several ways to say it stand apart by `|`; the first is the one to use. */
  translation: string;
  /** `character`, `place`, `term` or whatever the user writes. */
  kind: string;
  gender: string;
  /** How a character speaks. */
  voice: string;
  note: string;
}

/** The ways to say a term. */
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
