import type { GroupRow } from '../../database/translation-tables.ts';
import { splitRest } from '../align/split-rest.ts';
import type { NewGroup } from '../store/group-store.ts';
import type { NewText } from '../store/text-store.ts';
import type { PendingUnit } from '../store/unit-store.ts';
import { unansweredText, type JudgedReply, type Reply } from './judge-reply.ts';

/** Plans a request for lines that a reply has no text for. */
export type PlanRest = (lines: readonly PendingUnit[], kind: GroupRow['kind']) => Promise<NewGroup>;

/**
 * What is kept of a judged reply, and what is asked for again: in halves, then line by line.
 * @param units all that the request asked for
 * @param retry what was asked for again keeps the text that it has
 */
export async function restOf(
  { texts, rest }: JudgedReply,
  units: readonly PendingUnit[],
  reply: Reply,
  retry: boolean,
  planRest: PlanRest,
): Promise<{ texts: NewText[]; rest: NewGroup[] }> {
  if (retry) return { texts, rest: [] };
  if (units.length === 1) {
    const unanswered = rest.map(({ unit, reason }) => unansweredText(unit, reason, reply));
    return { texts: [...texts, ...unanswered], rest: [] };
  }
  const groups: NewGroup[] = [];
  for (const lines of splitRest(rest.map(({ unit }) => unit)))
    groups.push(await planRest(lines, lines.length === 1 ? 'single' : 'rest'));
  return { texts, rest: groups };
}
