import { createHash } from 'node:crypto';
import type { BallotView } from '../../../../contract/trials.ts';
import type { StoredTrial } from '../runs/trial-folder.ts';
import { requestKey } from '../runs/trial-journal.ts';
import { translationIn } from '../scores/check-expectations.ts';
import { planBallots, type Ballot } from '../scores/votes.ts';
import type { TrialUnit } from '../sets/trial-set.ts';

/** A reply as people read it: the translation, the text, or the JSON. */
export const replyText = (reply: unknown): string => translationIn(reply) ?? JSON.stringify(reply, null, 2);

/** The text of a contestant's reply to a unit; undefined if there is none. */
export function textOf({ journal }: StoredTrial, contestant: string, unit: string): string | undefined {
  const answer = journal.answers.get(requestKey(contestant, unit));
  return answer && answer.error === null ? replyText(answer.reply) : undefined;
}

const seedOf = (trial: string): number => createHash('sha256').update(trial).digest().readUInt32BE(0);

/**
 * The pairs to vote on, in order: only with both replies, and not if they are equal. The same trial gives the
 * same ballots.
 * @param perPair units on which each pair of contestants is compared
 */
export function ballotsOf(trial: StoredTrial, perPair: number): Ballot[] {
  const { head, set } = trial;
  const contestants = head.contestants.map(({ id }) => id);
  const seed = seedOf(head.id);
  return contestants.flatMap((one, i) =>
    contestants.slice(i + 1).flatMap((other, k) => {
      const units = set.units.filter(({ id }) => {
        const [left, right] = [textOf(trial, one, id), textOf(trial, other, id)];
        return left !== undefined && right !== undefined && left !== right;
      });
      const ids = units.map(({ id }) => id);
      return planBallots([one, other], ids, { perPair, seed: seed + i * 1000 + k });
    }),
  );
}

function sourceOf({ variables }: TrialUnit): string {
  const source = variables['source_text'] ?? variables['message'] ?? variables['seed_text'];
  return typeof source === 'string' ? source : JSON.stringify(variables, null, 2);
}

const shown = (value: unknown): string | null =>
  value === undefined || value === null || value === ''
    ? null
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

/** What a voter sees: texts without names. */
export function ballotView(trial: StoredTrial, id: string, ballot: Ballot): BallotView | null {
  const unit = trial.set.units.find((one) => one.id === ballot.unitId);
  const left = textOf(trial, ballot.left, ballot.unitId);
  const right = textOf(trial, ballot.right, ballot.unitId);
  if (!unit || left === undefined || right === undefined) return null;
  return {
    ballot: id,
    source: sourceOf(unit),
    speaker: shown(unit.variables['speaker'] ?? unit.variables['role']),
    context: shown(unit.variables['context']),
    left,
    right,
  };
}
