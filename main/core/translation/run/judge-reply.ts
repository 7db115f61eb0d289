import { alignReply, type Misalignment } from '../align/align-reply.ts';
import { breakMarkFor, fromReply } from '../align/line-codec.ts';
import { readLines } from '../align/read-lines.ts';
import { checkTranslation, type CheckRules } from '../checks/check-translation.ts';
import { worstOf, type Problem } from '../checks/problem.ts';
import type { PendingUnit } from '../store/unit-store.ts';
import type { NewText } from '../store/text-store.ts';

/** A reply as it came, whole or broken off. */
export interface Reply {
  text: string;
  json?: unknown;
  /** It ended at its limit. */
  cut?: boolean;
  /** `provider/model`. */
  model: string;
  mock: boolean;
}

export interface JudgedReply {
  texts: NewText[];
  /** Lines that the reply has no text for, with the reason. */
  rest: { unit: PendingUnit; reason: Misalignment }[];
  /** Lines with a text, kept or not: an answer with none is a failure. */
  aligned: number;
}

const messages: Readonly<Record<Misalignment, string>> = {
  missing: 'The model left this line out each time it was asked.',
  doubled: 'The model answered this line twice with different words each time it was asked.',
  empty: 'The model answered this line with nothing each time it was asked.',
  merged: 'The model ran this line together with another each time it was asked.',
};

const errorsIn = (problems: readonly Problem[]) =>
  problems.filter(({ severity }) => severity === 'error').length;

/** Fewer errors, or as many and less else. */
function isBetter(problems: readonly Problem[], unit: PendingUnit): boolean {
  if (unit.target === null) return true;
  const before = JSON.parse(unit.problems ?? '[]') as Problem[];
  const difference = errorsIn(problems) - errorsIn(before);
  return difference < 0 || (difference === 0 && problems.length < before.length);
}

/**
 * Turns a reply into translations of the lines asked for, each checked.
 * @param units as they were numbered in the request
 * @param rulesOf what a unit's file is checked against
 * @param retry keeps a new text only where it has fewer problems than the one that is there
 */
export function judgeReply(
  reply: Reply,
  units: readonly PendingUnit[],
  rulesOf: (unit: PendingUnit) => CheckRules,
  retry: boolean,
): JudgedReply {
  const sources = units.map(({ source }) => source);
  const mark = breakMarkFor(sources);
  const { texts, failed } = alignReply(readLines(reply.text, reply.json, reply.cut), sources);
  const judged: JudgedReply = { texts: [], rest: [], aligned: texts.size };
  for (const [i, unit] of units.entries()) {
    const text = texts.get(i + 1);
    const target = text === undefined ? '' : fromReply(text, unit.source, mark);
    if (target === '') {
      judged.rest.push({ unit, reason: failed.get(i + 1) ?? 'empty' });
      continue;
    }
    const { id, pair, source, speaker, max_cells: maxCells } = unit;
    const rules = { ...rulesOf(unit), anyLanguage: reply.mock };
    const problems = checkTranslation({ source, target, speaker, maxCells }, rules);
    if (retry && !isBetter(problems, unit)) continue;
    judged.texts.push({
      id,
      pair,
      target,
      state: problems.length ? 'flagged' : 'draft',
      problems: problems.length ? JSON.stringify(problems) : null,
      severity: worstOf(problems),
      origin: reply.mock ? 'stub' : 'model',
      model: reply.model,
    });
  }
  return judged;
}

/** A line that no request brought a text for: its source stays, and it is shown with the reason. */
export function unansweredText(unit: PendingUnit, reason: Misalignment, { model, mock }: Reply): NewText {
  const problem: Problem = { code: reason, severity: 'error', message: messages[reason] };
  return {
    id: unit.id,
    pair: unit.pair,
    target: null,
    state: 'flagged',
    problems: JSON.stringify([problem]),
    severity: 'error',
    origin: mock ? 'stub' : 'model',
    model,
  };
}
