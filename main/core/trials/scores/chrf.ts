/** n-grams of one length: the counts of the hypothesis, of the reference, and of those they share. */
interface NgramCounts {
  hypothesis: number;
  reference: number;
  matched: number;
}

/** Counts for n = 1 to 6. They are summed over sentences for a corpus score. */
export type ChrfStatistics = readonly NgramCounts[];

const maxOrder = 6;
/** Recall has beta² = 4 times the weight of precision: the "chrF2" of the papers and of sacreBLEU. */
const betaSquared = 4;

/**
 * Characters are Unicode code points; white space, as defined by Unicode, is removed. Nothing else is
 * changed.
 */
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
  // sacreBLEU ignores the hypothesis if the reference is too short for an n-gram of this length.
  return {
    hypothesis: theirs.size ? total(hypothesis) : 0,
    reference: total(reference),
    matched,
  };
}

/**
 * The score of counts, single or summed, from 0 to 100.
 *
 * Popović 2015 (aclanthology.org/W15-3049): precision and recall are first averaged arithmetically over n =
 * 1…6, and the F-score is computed from the two averages. Lengths n for which hypothesis or reference have no
 * n-grams are excluded from the averages ("effective order"), as in sacreBLEU 2 with its defaults (signature
 * `nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no`). `eff:no`, the average of six F-scores, gives different
 * numbers.
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

/** Sums counts order by order. Without sentences all counts are zero, with a score of 0. */
export function sumChrfStatistics(all: readonly ChrfStatistics[]): ChrfStatistics {
  return Array.from({ length: maxOrder }, (_, order) => {
    const sum = { hypothesis: 0, reference: 0, matched: 0 };
    // The bootstrap calls this a thousand times with every unit.
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
 * The counts of one sentence. With several references, the one with the best sentence score is used, and the
 * first of equals, as in sacreBLEU.
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
