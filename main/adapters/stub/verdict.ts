/** Whether a value fits a schema; undefined where that cannot be decided (a keyword or pattern we do not judge). */
export type Verdict = boolean | undefined;

/** True when all are, false as soon as one is. */
export function all(verdicts: Iterable<Verdict>): Verdict {
  let sum: Verdict = true;
  for (const verdict of verdicts) {
    if (verdict === false) return false;
    if (verdict === undefined) sum = undefined;
  }
  return sum;
}

export function not(verdict: Verdict): Verdict {
  return verdict === undefined ? undefined : !verdict;
}

/** Whether the number of true ones lies between `least` and `most`. */
export function between(verdicts: Verdict[], least: number, max: number): Verdict {
  const yes = verdicts.filter((verdict) => verdict === true).length;
  const unsure = verdicts.filter((verdict) => verdict === undefined).length;
  if (yes > max || yes + unsure < least) return false;
  return yes >= least && yes + unsure <= max ? true : undefined;
}
