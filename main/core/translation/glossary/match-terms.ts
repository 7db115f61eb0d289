import type { GlossaryEntry } from './glossary-entry.ts';

const hiragana = /[\p{Script=Hiragana}ー]/u;
const katakana = /[\p{Script=Katakana}ー]/u;
const han = /[\p{Script=Han}々]/u;
const hangul = /\p{Script=Hangul}/u;
const spacedLetter = /[\p{L}\p{M}\p{N}_]/u;
/** Scripts without spaces, and without the boundaries used below: a term may occur anywhere. */
const unspaced = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;

/** Particles and titles that may follow a name in Japanese. に, な and で are missing: あんなに and あんなの are other words. */
const afterKana = /^(?:は|が|を|も|へ|と|や|って|さん|ちゃん|くん|さま|たん|せんぱい|せんせい)/u;
const afterHan = /^(?:様|殿|君|氏|達|等|先輩|先生|嬢|卿)/u;
const afterHangul =
  /^(?:은|는|이|가|을|를|의|에|에게|에서|와|과|도|만|로|으로|야|아|씨|님|께|한테|랑|이랑|들)/u;

const characterBefore = (text: string, at: number) =>
  /[^]$/u.exec(text.slice(Math.max(0, at - 2), at))?.[0] ?? '';
const characterAt = (text: string, at: number) => String.fromCodePoint(text.codePointAt(at) ?? 32);

function isWholeWord(text: string, start: number, end: number): boolean {
  const before = start > 0 ? characterBefore(text, start) : ' ';
  const after = end < text.length ? characterAt(text, end) : ' ';
  const first = characterAt(text, start);
  const last = characterBefore(text, end);
  const rest = text.slice(end, end + 8);
  const single = first.length === end - start;
  if (unspaced.test(first)) return true;
  if (han.test(first) || han.test(last)) {
    // In compounds, words of two or more characters keep their meaning; a single character does not.
    if (!single) return edge(first, before, katakana) && edge(last, after, katakana);
    return !han.test(before) && (!han.test(after) || afterHan.test(rest));
  }
  if (hiragana.test(first) && first !== 'ー') {
    const opens = !hiragana.test(before) || afterKana.test(before);
    return opens && (!hiragana.test(after) || afterKana.test(rest));
  }
  if (katakana.test(first)) return !katakana.test(before) && !katakana.test(after);
  if (hangul.test(first)) return !hangul.test(before) && (!hangul.test(after) || afterHangul.test(rest));
  const opens = !spacedLetter.test(first) || !isSameWord(before);
  const closes = !spacedLetter.test(last) || !isSameWord(after);
  return opens && closes;
}

/** False if a term would start or end inside a katakana word. */
const edge = (own: string, next: string, script: RegExp) => !(script.test(own) && script.test(next));

/** Letters that continue a Latin word. Japanese letters do not: "Mayaは" contains the name Maya. */
const isSameWord = (letter: string) =>
  spacedLetter.test(letter) && !hiragana.test(letter) && !katakana.test(letter) && !han.test(letter);

const hasUpper = (text: string) => text !== text.toLowerCase();

/** Finds a term in a text, on word boundaries. A term with a capital letter is matched with its case. */
export function spansOf(text: string, term: string): { start: number; end: number }[] {
  if (term === '') return [];
  const folded = hasUpper(term) ? text : text.toLowerCase();
  const spans: { start: number; end: number }[] = [];
  for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + 1)) {
    const end = at + term.length;
    if (isWholeWord(text, at, end)) spans.push({ start: at, end });
  }
  return spans;
}

/** Sorts a glossary by the length of its terms: text within a longer term does not match a shorter one. */
export function sortedGlossary(entries: readonly GlossaryEntry[]): GlossaryEntry[] {
  return entries.toSorted((a, b) => b.term.length - a.term.length);
}

/**
 * The entries whose terms occur in a text as whole words, the longest term first.
 * @param glossary sorted by `sortedGlossary`
 */
export function matchTerms(text: string, glossary: readonly GlossaryEntry[]): GlossaryEntry[] {
  const covered: { start: number; end: number }[] = [];
  return glossary.filter(({ term }) => {
    const free = spansOf(text, term).filter(
      ({ start, end }) => !covered.some((span) => start < span.end && span.start < end),
    );
    covered.push(...free);
    return free.length > 0;
  });
}
