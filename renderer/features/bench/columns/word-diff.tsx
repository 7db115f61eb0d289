import { diffWords, diffWordsWithSpace } from 'diff';

/** Japanese and Chinese have no spaces between words; `Intl.Segmenter` finds the words. */
const unspaced = /[\u3040-\u30ff\u3400-\u9fff]/;

function changesBetween(before: string, after: string) {
  if (!unspaced.test(before + after)) return diffWordsWithSpace(before, after);
  return diffWords(before, after, { intlSegmenter: new Intl.Segmenter('ja', { granularity: 'word' }) });
}

/** A reply with its added words marked, and the words of the other reply that it lacks. */
export function WordDiff({ before, after }: { before: string; after: string }) {
  return (
    <p className="text-lg/6 wrap-anywhere whitespace-pre-wrap">
      {changesBetween(before, after).map(({ value, added, removed }, index) => {
        if (added)
          return (
            <ins key={index} className="rounded-sm bg-ok-soft text-ok">
              {value}
            </ins>
          );
        if (removed)
          return (
            <del key={index} className="rounded-sm bg-bad-soft text-bad">
              {value}
            </del>
          );
        return value;
      })}
    </p>
  );
}
