import type { PresetResultView, RankingName, TrialView } from '../../../../contract/trials.ts';
import type { StoredTrial } from '../runs/trial-folder.ts';
import { requestKey } from '../runs/trial-journal.ts';
import { leftShare, winRates } from '../scores/votes.ts';
import { asVote, personVoter, type VoteEntry } from '../voting/vote-file.ts';
import { judgeUnit, type TrialAnswer, type UnitOutcome } from './judge-unit.ts';
import { rankedResults, type TrialReport } from './trial-report.ts';
import { presetResult } from './trial-result.ts';

/** An unknown reply counts as none. */
const unknown: TrialAnswer = {
  reply: undefined,
  schemaPassed: null,
  packChecks: [],
  estimatedUsd: null,
  actualUsd: null,
  latencyMs: null,
  error: 'outcome_unknown',
};

/** A module's default ranking: only translations have references. */
export const usualRanking = (module: string): RankingName => (module === 'translate' ? 'chrf' : 'checks');

function outcomesOf({ set, journal }: StoredTrial, contestant: string, hasSchema: boolean): UnitOutcome[] {
  return set.units.flatMap((unit) => {
    const key = requestKey(contestant, unit.id);
    const entry = journal.answers.get(key);
    if (!entry) return journal.open.has(key) ? [judgeUnit(unit, unknown, { hasSchema })] : [];
    const answer: TrialAnswer = {
      reply: entry.reply,
      schemaPassed: entry.schema_passed,
      packChecks: entry.checks,
      estimatedUsd: entry.estimated_usd,
      actualUsd: entry.actual_usd,
      latencyMs: entry.latency_ms,
      error: entry.error,
    };
    return [judgeUnit(unit, answer, { hasSchema })];
  });
}

/** The voters, with their number of votes and cost. */
export function votersOf(votes: readonly VoteEntry[]): TrialView['voters'] {
  return [...new Set(votes.map(({ voter }) => voter))].map((voter) => {
    const theirs = votes.filter((vote) => vote.voter === voter);
    return {
      voter,
      votes: theirs.length,
      spent_usd: theirs.reduce((sum, { usd }) => sum + usd, 0),
      left_share: leftShare(theirs.map(asVote)).share,
    };
  });
}

/** The voter whose votes count by default: a person's before a model's. */
export function voterOf(votes: readonly VoteEntry[], asked: string | undefined): string | null {
  const names = new Set(votes.map(({ voter }) => voter));
  if (asked !== undefined) return names.has(asked) ? asked : null;
  return names.has(personVoter) ? personVoter : ([...names][0] ?? null);
}

/** Computes a trial's figures; the same trial always gives the same figures. */
export function trialReport(
  trial: StoredTrial,
  votes: readonly VoteEntry[],
  rankedBy: RankingName,
  voter: string | null,
): TrialReport {
  const { head, set } = trial;
  const rates = winRates(votes.filter((vote) => vote.voter === voter).map(asVote));
  return {
    setName: set.header.name,
    setTitle: set.header.title,
    module: set.header.module,
    rankedBy,
    results: head.contestants.map(({ id, label, provider, model, has_schema }) =>
      presetResult({
        presetId: id,
        label,
        provider,
        model,
        units: set.units.length,
        outcomes: outcomesOf(trial, id, has_schema),
        votes: rates.find(({ presetId }) => presetId === id),
      }),
    ),
  };
}

/** The table of results, best first. */
export function resultViews(report: TrialReport): PresetResultView[] {
  return rankedResults(report).map(({ rank, tied, result }) => {
    const { presetId, failedChecks, latency, votes, ...figures } = result;
    const won = votes && {
      wins: votes.wins,
      ties: votes.ties,
      losses: votes.losses,
      rate: votes.rate,
      interval: votes.interval,
    };
    const { p50, p50Interval: p50_interval, p95, p95Interval: p95_interval, measured } = latency;
    return {
      ...figures,
      id: presetId,
      rank,
      tied,
      failed_checks: failedChecks,
      latency: { p50, p50_interval, p95, p95_interval, measured },
      votes: won,
    };
  });
}
