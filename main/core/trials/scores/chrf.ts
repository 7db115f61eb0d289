/** n-grams of one length: how many the hypothesis has, the reference has, and both share. */
interface NgramCounts {
  hypothesis: number;
  reference: number;
  matched: number;
}

/** Counts for n = 1 to 6. They add up over sentences, which is what makes a corpus score. */
export type ChrfStatistics = readonly NgramCounts[];

const maxOrder = 6;
/** Recall weighs beta² = 4 times as much as precision: the "chrF2" of the papers and of sacreBLEU. */
const betaSquared = 4;

/** Characters are Unicode code points; white space is left out, as Unicode defines it. Nothing else is changed. */
const charactersOf = (text: string): string[] => Array.from(text.replace(/\s+/gu, ''));

function ngrams(characters: readonly string[], n: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i + n <= characters.length; i++) {
    const ngram = characters.slice(i, i + n).join('');
    counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  }
  return counts;
}

function countsOf(hypothesis: readonly string[], reference: readonly string[], n: number): NgramCounts {
  const ours = ngrams(hypothesis, n);
  const theirs = ngrams(reference, n);
  let matched = 0;
  for (const [ngram, count] of ours) matched += Math.min(count, theirs.get(ngram) ?? 0);
  const total = (characters: readonly string[]) => Math.max(0, characters.length - n + 1);
  // sacreBLEU does not count the hypothesis where the reference is too short to have an n-gram of this length.
  return {
    hypothesis: theirs.size ? total(hypothesis) : 0,
    reference: total(reference),
    matched,
  };
}

/**
 * The score of summed or single counts, from 0 to 100.
 *
 * Popović 2015 (aclanthology.org/W15-3049): precision and recall are averaged arithmetically over n = 1…6 first, and
 * the F-score is taken of the two averages. Lengths of n for which hypothesis or reference have no n-gram at all are
 * left out of the averages ("effective order"), as in sacreBLEU 2 with its defaults (signature
 * `nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no`). `eff:no`, the average of six F-scores, gives other numbers.
 */
export function chrfScore(statistics: ChrfStatistics): number {
  const orders = statistics.filter(({ hypothesis, reference }) => hypothesis > 0 && reference > 0);
  if (!orders.length) return 0;
  const average = (of: (counts: NgramCounts) => number) =>
    orders.reduce((sum, counts) => sum + of(counts), 0) / orders.length;
  const precision = average(({ matched, hypothesis }) => matched / hypothesis);
  const recall = average(({ matched, reference }) => matched / reference);
  const weighted = betaSquared * precision + recall;
  return weighted === 0 ? 0 : (100 * (1 + betaSquared) * precision * recall) / weighted;
}

/** Counts added order by order. No sentences give counts of zero, whose score is 0. */
export function sumChrfStatistics(all: readonly ChrfStatistics[]): ChrfStatistics {
  return Array.from({ length: maxOrder }, (_, order) => {
    const sum = { hypothesis: 0, reference: 0, matched: 0 };
    // The bootstrap comes here a thousand times with every unit.
    for (const statistics of all) {
      const counts = statistics[order];
      if (!counts) continue;
      sum.hypothesis += counts.hypothesis;
      sum.reference += counts.reference;
      sum.matched += counts.matched;
    }
    return sum;
  });
}

/**
 * Counts of one sentence. With several references the one that gives the best sentence score is taken, the first
 * among equals, as sacreBLEU does.
 * @throws RangeError without a reference
 */
export function chrfStatistics(hypothesis: string, references: readonly string[]): ChrfStatistics {
  const ours = charactersOf(hypothesis);
  let best: { statistics: ChrfStatistics; score: number } | undefined;
  for (const reference of references) {
    const theirs = charactersOf(reference);
    const statistics = Array.from({ length: maxOrder }, (_, i) => countsOf(ours, theirs, i + 1));
    const score = chrfScore(statistics);
    if (!best || score > best.score) best = { statistics, score };
  }
  if (!best) throw new RangeError('chrF needs at least one reference');
  return best.statistics;
}

/** Sentence-level chrF from 0 to 100. @throws RangeError without a reference */
export function sentenceChrf(hypothesis: string, references: readonly string[]): number {
  return chrfScore(chrfStatistics(hypothesis, references));
}

/**
 * Corpus-level chrF from 0 to 100: counts are summed over all sentences before anything is averaged, so a long
 * sentence weighs more than a short one. It is not the mean of the sentence scores.
 * @throws RangeError for a sentence without a reference
 */
export function corpusChrf(pairs: Iterable<{ hypothesis: string; references: readonly string[] }>): number {
  const all: ChrfStatistics[] = [];
  for (const { hypothesis, references } of pairs) all.push(chrfStatistics(hypothesis, references));
  return chrfScore(sumChrfStatistics(all));
}
