import { describe, expect, test } from 'vitest';
import { chrfScore, chrfStatistics, sumChrfStatistics } from './chrf.ts';

const sentenceChrf = (hypothesis: string, references: readonly string[]) =>
  chrfScore(chrfStatistics(hypothesis, references));

/** Counts are summed over all sentences before averaging. */
const corpusChrf = (pairs: readonly { hypothesis: string; references: readonly string[] }[]) =>
  chrfScore(
    sumChrfStatistics(pairs.map(({ hypothesis, references }) => chrfStatistics(hypothesis, references))),
  );

/*
 * Each case is calculated by hand: shared n-grams / n-grams of the hypothesis (P) or the reference (R), order
 * by order; P and R are the means of the orders that both sides have; F = 5·P·R / (4·P + R).
 */
const byHand: [title: string, hypothesis: string, reference: string, score: string][] = [
  // n=1: 3/3 3/3; n=2: 2/2 2/2; n=3: 1/1 1/1. P = R = 1.
  ['the same text', 'abc', 'abc', '100.0000'],
  // n=1: a b c of 4: 3/4 3/4; n=2: ab bc: 2/3 2/3; n=3: abc: 1/2 1/2; n=4: 0/1 0/1.
  // P = R = (0.75 + 0.666667 + 0.5 + 0) / 4 = 0.479167
  ['one different letter', 'abcd', 'abce', '47.9167'],
  // n=1: 2/2 2/3; n=2: 1/1 1/2; n=3: the hypothesis has none. P = 1, R = (0.666667 + 0.5) / 2 = 0.583333
  // F = 5 · 0.583333 / (4 + 0.583333) = 2.916667 / 4.583333
  ['a text that is too short', 'ab', 'abc', '63.6364'],
  // As above with P and R exchanged: F = 2.916667 / (4 · 0.583333 + 1) = 2.916667 / 3.333333. Recall weighs more.
  ['a text that is too long', 'abc', 'ab', '87.5000'],
  // n=1: three a against two: 2/3 2/3; n=2: aa once: 1/2 1/2; n=3: 0/1 0/1. P = R = (0.666667 + 0.5 + 0) / 3
  ['a letter repeated too often, which counts as often as in the reference', 'aaa', 'aab', '38.8889'],
  // thecat, thehat. n=1: t t h e a: 5/6; n=2: th he at: 3/5; n=3: the: 1/4; n=4: 0/3; n=5: 0/2; n=6: 0/1, both sides.
  // P = R = (0.833333 + 0.6 + 0.25) / 6 = 0.280556
  ['white space, which is ignored', 'the cat', 'the hat', '28.0556'],
  // n=1: 猫 好 き: 3/4; n=2: 好き: 1/3; n=3: 0/2; n=4: 0/1, both sides. P = R = (0.75 + 0.333333) / 4 = 0.270833
  ['Japanese, one particle', '猫が好き', '猫は好き', '27.0833'],
  // n=1: 約 束 す: 3/4 3/5; n=2: 約束: 1/3 1/4; n=3: 0/2 0/3; n=4: 0/1 0/2; n=5: the hypothesis has none.
  // P = 1.083333 / 4 = 0.270833, R = 0.85 / 4 = 0.2125; F = 0.287760 / 1.295833
  ['Japanese, another ending', '約束する', '約束します', '22.2066'],
  // n=1: 4/4 4/5; n=2: 喜欢 欢你: 2/3 2/4; n=3: 喜欢你: 1/2 1/3; n=4: 0/1 0/2.
  // P = 2.166667 / 4 = 0.541667, R = 1.633333 / 4 = 0.408333; F = 1.105903 / 2.575
  ['Chinese, a word left out', '我喜欢你', '我很喜欢你', '42.9477'],
  // 𠮷 is one character, though two UTF-16 units. n=1: 2/3; n=2: 𠮷野: 1/2; n=3: 0/1. P = R = 1.166667 / 3
  ['a character beyond the basic plane', '𠮷野家', '𠮷野屋', '38.8889'],
];

test.each(byHand)('%s', (_, hypothesis, reference, score) => {
  expect(sentenceChrf(hypothesis, [reference]).toFixed(4)).toBe(score);
});

// From sacreBLEU 2.6.0, nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no.
const sacrebleu: [hypothesis: string, references: string[], score: string][] = [
  ['The promise was broken after three days.', ['The promise lasted three days.'], '62.7790'],
  [
    'おかえりなさい、船長。お茶が用意できました。',
    ['おかえりなさいませ、船長。お茶の用意が整っております。'],
    '37.0311',
  ],
  ['我们去海边看灯塔吧。', ['我们一起去海边看那座灯塔吧。'], '31.4149'],
  ['Welcome back.', ['Welcome home, dear.', 'Welcome back, my dear.'], '56.7050'],
];

describe('as sacreBLEU has it', () => {
  test.each(sacrebleu)('%s', (hypothesis, references, score) => {
    expect(sentenceChrf(hypothesis, references).toFixed(4)).toBe(score);
  });

  test('a corpus', () => {
    const pairs = sacrebleu.map(([hypothesis, [first = '']]) => ({ hypothesis, references: [first] }));
    expect(corpusChrf(pairs).toFixed(4)).toBe('44.6994');
  });
});

test('a corpus is scored over summed counts; n-grams of an order that the reference lacks do not count', () => {
  // n=1: 2+2 of 2+3 and 3+2: 4/5 4/5; n=2: 1+1 of 1+2 and 2+1: 2/3 2/3; n=3: the first hypothesis and the second
  // reference have none, so no n-grams of hypotheses are left. P = R = (0.8 + 0.666667) / 2
  const pairs = [
    { hypothesis: 'ab', references: ['abc'] },
    { hypothesis: 'abc', references: ['ab'] },
  ];
  expect(corpusChrf(pairs).toFixed(4)).toBe('73.3333');
  expect(sumChrfStatistics(pairs.map((pair) => chrfStatistics(pair.hypothesis, pair.references)))[2]).toEqual(
    {
      hypothesis: 0,
      reference: 1,
      matched: 0,
    },
  );
});

test('the best of several references counts', () => {
  expect(sentenceChrf('abcd', ['xyz', 'abcd', 'abce'])).toBe(100);
});

test('nothing in common, an empty text and an empty corpus score 0', () => {
  expect(sentenceChrf('xyz', ['abc'])).toBe(0);
  expect(sentenceChrf('', ['abc'])).toBe(0);
  expect(sentenceChrf('abc', [' '])).toBe(0);
  expect(corpusChrf([])).toBe(0);
  expect(chrfScore([])).toBe(0);
});

test('case and Unicode form matter', () => {
  expect(sentenceChrf('ABC', ['abc'])).toBe(0);
  expect(sentenceChrf('が'.normalize('NFD'), ['が'.normalize('NFC')])).toBeLessThan(100);
});

test('a missing reference is an error, not a score', () => {
  expect(() => sentenceChrf('abc', [])).toThrow(/at least one reference/);
});
