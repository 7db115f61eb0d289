import type { GroupRow } from '../../database/translation-tables.ts';
import { splitInHalves } from '../align/align-reply.ts';
import type { NewGroup } from '../store/group-store.ts';
import type { SaveTexts } from '../store/text-store.ts';
import type { PendingUnit } from '../store/unit-store.ts';
import { memoryLanguage } from '../units/memory-language.ts';
import { judgeReply, unansweredText, type Reply } from './judge-reply.ts';
import type { RunOrder } from './run-order.ts';

/** Plans a new request for lines without a text in the reply. */
export type PlanFollowUp = (lines: readonly PendingUnit[], kind: GroupRow['kind']) => Promise<NewGroup>;

/**
 * Reads a reply: the texts to store, and follow-up groups for unanswered lines: in halves, then line by line. A retry of
 * flagged units has no follow-ups: they keep their text.
 * @param units all units of the request
 */
export async function readReply(
  reply: Reply,
  units: readonly PendingUnit[],
  { project, settings, retry, rulesOf }: RunOrder,
  planFollowUp: PlanFollowUp,
): Promise<{ texts: Omit<SaveTexts, 'now'>; followUps: NewGroup[]; aligned: number }> {
  const { texts, unanswered, aligned } = judgeReply(reply, units, rulesOf, retry);
  const followUps: NewGroup[] = [];
  // Lines that changed since a batch was submitted get no follow-up: they are new units, which a run plans anyway.
  const open = retry ? [] : unanswered.filter(({ unit }) => unit.ordinal >= 0);
  if (units.length === 1) texts.push(...open.map(({ unit, reason }) => unansweredText(unit, reason, reply)));
  else
    for (const lines of splitInHalves(open.map(({ unit }) => unit)))
      followUps.push(await planFollowUp(lines, lines.length === 1 ? 'single' : 'rest'));
  const language = memoryLanguage(settings.target_language);
  return { texts: { project, language, texts }, followUps, aligned };
}
