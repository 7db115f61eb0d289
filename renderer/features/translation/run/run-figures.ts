import type { RunView } from '../../../../contract/translation.ts';

export interface RunFigures {
  /** Requests that are over. */
  done: number;
  all: number;
  /** Lines a second; null while too little is over to say. */
  rate: number | null;
  leftMs: number | null;
}

/** How far a run is and how fast, from what it has done so far. */
export function runFigures(run: RunView, now: number): RunFigures {
  const of = (state: string) => run.groups_by_state[state] ?? 0;
  const done = of('done') + of('failed') + of('unknown');
  // What a broken reply left is asked for in further requests.
  const all = Math.max(run.groups, done + of('planned') + of('sent'));
  const ms = (run.ended_at === null ? now : Date.parse(run.ended_at)) - Date.parse(run.started_at);
  if (done === 0 || all === 0 || ms <= 0) return { done, all, rate: null, leftMs: null };
  const share = done / all;
  return {
    done,
    all,
    rate: (run.units * share * 1000) / ms,
    leftMs: share >= 1 ? 0 : (ms * (1 - share)) / share,
  };
}
