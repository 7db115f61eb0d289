/** Whether a value fits a schema; undefined if that cannot be decided (an unsupported keyword or pattern). */
export type Verdict = boolean | undefined;

/** True if all are true, false as soon as one is false. */
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

/** Whether the number of true verdicts is between `least` and `max`. */
export function between(verdicts: Verdict[], least: number, max: number): Verdict {
  const yes = verdicts.filter((verdict) => verdict === true).length;
  const unsure = verdicts.filter((verdict) => verdict === undefined).length;
  if (yes > max || yes + unsure < least) return false;
  return yes >= least && yes + unsure <= max ? true : undefined;
}
