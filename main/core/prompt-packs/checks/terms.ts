/** A glossary term and its translation. */
export type Term = [term: string, word: string];

/** Kinds of letters: adjacent letters of one kind are in one word. Other characters stand alone. */
type LetterKind = 'spaced' | 'hangul' | 'hiragana' | 'katakana' | 'han';

/** Scripts without spaces between words, and without other signs of a word's end. */
const unspaced = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function kindOf(letter: string): LetterKind | null {
  if (/[\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f]/.test(letter)) return 'katakana';
  if (/\p{Script=Hiragana}/u.test(letter)) return 'hiragana';
  if (/[\p{Script=Han}々〆]/u.test(letter)) return 'han';
  if (/\p{Script=Hangul}/u.test(letter)) return 'hangul';
  if (unspaced.test(letter)) return null;
  return /[\p{L}\p{M}\p{N}_]/u.test(letter) ? 'spaced' : null;
}

/** How strictly an occurrence has to coincide with word boundaries. */
interface Boundaries {
  /** An adjacent letter of one of these kinds makes the occurrence part of a longer word. */
  before: ReadonlySet<LetterKind>;
  after: ReadonlySet<LetterKind>;
}

/**
 * For a source: a term is a whole word in scripts with spaces, and a whole run of hiragana, katakana or, in
 * Japanese, kanji: あんな is not in あんなに, アン is not in アンケート, 騎士 is not in 騎士団. Korean particles follow a word
 * without a space; Chinese has no such runs.
 */
function boundariesOfSource(text: string): Boundaries {
  const isJapanese = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text);
  const runs: LetterKind[] = isJapanese ? ['hiragana', 'katakana', 'han'] : ['hiragana', 'katakana'];
  return { before: new Set(['spaced', 'hangul', ...runs]), after: new Set(['spaced', ...runs]) };
}

/**
 * For a translation: as for a source, but in Japanese particles and compounds may follow the glossary's word.
 */
const ofTranslation: Boundaries = {
  before: new Set(['spaced', 'hangul', 'katakana']),
  after: new Set(['spaced', 'katakana']),
};

/** The letter before a position, and the letter after it, by code point. */
const letterBefore = (text: string, at: number) =>
  Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) ?? '';
const letterAt = (text: string, at: number) => String.fromCodePoint(text.codePointAt(at) ?? 0x20);

function isJoined(left: string, right: string, kinds: ReadonlySet<LetterKind>): boolean {
  if (left === '') return false;
  const kind = kindOf(left);
  return kind !== null && kind === kindOf(right) && kinds.has(kind);
}

function isWhole(text: string, from: number, to: number, { before, after }: Boundaries): boolean {
  if (isJoined(letterBefore(text, from), letterAt(text, from), before)) return false;
  return to >= text.length || !isJoined(letterBefore(text, to), letterAt(text, to), after);
}

/** Normalizes spelling variants of a term: case and full-width letters, character by character. */
const folded = (text: string): string =>
  Array.from(text, (letter) => {
    const plain = /[\uff01-\uff5e]/.test(letter) ? letter.normalize('NFKC') : letter;
    const small = plain.toLowerCase();
    return small.length === letter.length ? small : letter;
  }).join('');

/**
 * Which of these texts occur. The longest is searched first, and where it occurs no shorter one counts.
 * @param texts as written; case is ignored
 */
function occurring(text: string, texts: Iterable<string>, boundaries: Boundaries): Set<string> {
  const where = folded(text);
  const taken = new Uint8Array(where.length);
  const found = new Set<string>();
  const byLengthDescending = [...new Set([...texts].map(folded))].sort((a, b) => b.length - a.length);
  for (const wanted of byLengthDescending) {
    if (wanted.trim() === '') continue;
    const places: [number, number][] = [];
    for (let from = where.indexOf(wanted); from !== -1; from = where.indexOf(wanted, from + 1)) {
      const to = from + wanted.length;
      if (!taken.subarray(from, to).includes(1) && isWhole(where, from, to, boundaries))
        places.push([from, to]);
    }
    if (places.length) found.add(wanted);
    for (const [from, to] of places) taken.fill(1, from, to);
  }
  return found;
}

/**
 * Terms that occur in the source, but whose words do not occur in the translation. Inflections are not
 * considered.
 */
export function unusedTerms(source: string, translation: string, glossary: readonly Term[]): Term[] {
  const terms = occurring(
    source,
    glossary.map(([term]) => term),
    boundariesOfSource(source),
  );
  const wanted = glossary.filter(([term]) => terms.has(folded(term)));
  const words = occurring(
    translation,
    wanted.map(([, word]) => word),
    ofTranslation,
  );
  return wanted.filter(([, word]) => word.trim() !== '' && !words.has(folded(word)));
}
