import type { CodedText } from '../../../../contract/coded-texts.ts';
import type { ChatAnswer } from '../../../../contract/chat.ts';
import { codedText } from '../../lib/coded-text.ts';
import { alignReply, type Misalignment } from '../align/align-reply.ts';
import { breakMarkFor, fromReply } from '../align/line-codec.ts';
import { readLines } from '../align/read-lines.ts';
import { checkTranslation, type CheckRules } from '../checks/check-translation.ts';
import { problemOf, worstOf, type Problem } from '../checks/problem.ts';
import type { PendingUnit } from '../store/unit-store.ts';
import type { NewText } from '../store/text-store.ts';

/** A model's reply, complete or truncated. */
export interface Reply {
  text: string;
  json?: unknown;
  /** The reply ended at its token limit. */
  cut?: boolean;
  /** `provider/model`. */
  model: string;
  mock: boolean;
}

export interface JudgedReply {
  texts: NewText[];
  /** Lines without a text in the reply, and why. */
  unanswered: { unit: PendingUnit; reason: Misalignment }[];
  /** Number of lines with a text, stored or not. A reply with none counts as a failure. */
  aligned: number;
}

/** A whole answer as a reply to judge. */
export function replyOf({ data, reply, provider, model, mock }: ChatAnswer): Reply {
  return {
    text: reply,
    // Repaired JSON may end in half a line, so the original text is read instead.
    json: data.repaired ? undefined : data.json,
    cut: data.finish_reason === 'length',
    model: `${provider}/${model}`,
    mock,
  };
}

const unansweredTexts: Readonly<Record<Misalignment, CodedText<'unit_problem'>>> = {
  missing: codedText('unit_problem', 'missing', {}, 'The model left this line out each time it was asked.'),
  doubled: codedText(
    'unit_problem',
    'doubled',
    {},
    'The model answered this line twice with different words each time it was asked.',
  ),
  empty: codedText(
    'unit_problem',
    'empty',
    { asked: true },
    'The model answered this line with nothing each time it was asked.',
  ),
  merged: codedText(
    'unit_problem',
    'merged',
    {},
    'The model ran this line together with another each time it was asked.',
  ),
};

const errorsIn = (problems: readonly Problem[]) =>
  problems.filter(({ severity }) => severity === 'error').length;

/** True if there are fewer errors, or equally many errors and fewer problems in total. */
function isBetter(problems: readonly Problem[], unit: PendingUnit): boolean {
  if (unit.target === null) return true;
  const before = JSON.parse(unit.problems ?? '[]') as Problem[];
  const difference = errorsIn(problems) - errorsIn(before);
  return difference < 0 || (difference === 0 && problems.length < before.length);
}

/**
 * Turns a reply into checked translations of the requested lines.
 * @param units in the request's order, which numbers them
 * @param rulesOf returns the check rules for a unit's file
 * @param retry accept a new text only if it has fewer problems than the current one
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
  const judged: JudgedReply = { texts: [], unanswered: [], aligned: texts.size };
  for (const [i, unit] of units.entries()) {
    const text = texts.get(i + 1);
    const target = text === undefined ? '' : fromReply(text, unit.source, mark);
    if (target === '') {
      judged.unanswered.push({ unit, reason: failed.get(i + 1) ?? 'empty' });
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

/** A flagged entry for a line that no request could translate; it keeps its source and shows the reason. */
export function unansweredText(unit: PendingUnit, reason: Misalignment, { model, mock }: Reply): NewText {
  const problem = problemOf('error', unansweredTexts[reason]);
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
