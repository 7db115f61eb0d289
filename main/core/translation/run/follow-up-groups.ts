import type { GroupRow } from '../../database/translation-tables.ts';
import { splitInHalves } from '../align/align-reply.ts';
import type { NewGroup } from '../store/group-store.ts';
import type { NewText } from '../store/text-store.ts';
import type { PendingUnit } from '../store/unit-store.ts';
import { unansweredText, type JudgedReply, type Reply } from './judge-reply.ts';

/** Plans a new request for lines without a text in the reply. */
export type PlanFollowUp = (lines: readonly PendingUnit[], kind: GroupRow['kind']) => Promise<NewGroup>;

/**
 * Returns the texts to store, and follow-up groups for unanswered lines: in halves, then line by line.
 * @param units all units of the request
 * @param retry the request was a retry of flagged units: they keep their text, without a follow-up
 */
export async function withFollowUps(
  { texts, unanswered }: JudgedReply,
  units: readonly PendingUnit[],
  reply: Reply,
  retry: boolean,
  planFollowUp: PlanFollowUp,
): Promise<{ texts: NewText[]; followUps: NewGroup[] }> {
  if (retry) return { texts, followUps: [] };
  if (units.length === 1) {
    const flagged = unanswered.map(({ unit, reason }) => unansweredText(unit, reason, reply));
    return { texts: [...texts, ...flagged], followUps: [] };
  }
  const followUps: NewGroup[] = [];
  for (const lines of splitInHalves(unanswered.map(({ unit }) => unit)))
    followUps.push(await planFollowUp(lines, lines.length === 1 ? 'single' : 'rest'));
  return { texts, followUps };
}
