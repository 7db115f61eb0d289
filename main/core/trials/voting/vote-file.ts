import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readJsonLines } from '../sets/json-lines.ts';
import type { Ballot, Vote } from '../scores/votes.ts';

/** The voter of a person's votes; a judge is `provider/model`. */
export const personVoter = 'person';

/** A line of `votes.jsonl`. */
const voteEntry = z.object({
  unit: z.string(),
  left: z.string(),
  right: z.string(),
  choice: z.enum(['left', 'right', 'tie']),
  voter: z.string(),
  usd: z.number(),
  at: z.string(),
});
export type VoteEntry = z.infer<typeof voteEntry>;

/** Votes in the order in which they were cast; an incomplete last line is skipped. */
export function readVotes(text: string): VoteEntry[] {
  return readJsonLines(text).lines.flatMap(({ value }) => {
    const entry = voteEntry.safeParse(value);
    return entry.success ? [entry.data] : [];
  });
}

export const asVote = ({ unit, left, right, choice }: VoteEntry): Vote => ({
  unitId: unit,
  left,
  right,
  choice,
});

/** A ballot's id, which does not reveal whose texts it shows. */
export function ballotId(trial: string, { unitId, left, right }: Ballot): string {
  return createHash('sha256')
    .update(JSON.stringify([trial, unitId, left, right]))
    .digest('hex')
    .slice(0, 24);
}

/** Identifies a pair of texts, regardless of sides. */
export const pairKey = ({ unitId, left, right }: Ballot): string =>
  JSON.stringify([unitId, ...[left, right].sort()]);
