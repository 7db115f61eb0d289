import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { AppError } from '../../core/lib/app-error.ts';
import type { Core } from '../../core/app/services.ts';
import { requestOf, type LineFlags } from '../input-lines.ts';
import type { Journal } from './journal.ts';
import { answered, failed, type Outcome } from './outcome.ts';
import { isPending, keyedLines, type Again, type BatchLine } from './survey.ts';

export interface SendParts {
  core: Core;
  journal: Journal;
  file: string;
  flags: LineFlags;
  again: Again;
  concurrency: number;
  /** How often a line is tried again after a failure that cost nothing. */
  retries: number;
  /** USD that this and all earlier runs may come to. */
  maxUsd: number;
  /** USD that the line may come to at most; Infinity where nobody knows. */
  upTo(line: BatchLine): Promise<number>;
  /** Aborted at the second interrupt: calls under way are given up. */
  signal: AbortSignal;
  /** Aborted at the first interrupt: no further line is begun, and none waits for a limit any more. */
  waitSignal: AbortSignal;
  onOutcome(outcome: Outcome): void;
}

/** Why a run ended before its last line. */
export type Ended = { reason: 'done' | 'interrupted' } | { reason: 'stopped'; message: string };

const maxWaitMs = 60_000;
/** Lines in a row without a single reply: the provider is down, and the rest would only fail too. */
const hopelessAfter = 25;

async function dispatch(
  { core, file, flags, signal, waitSignal }: SendParts,
  line: BatchLine,
  bound: number | null,
  beforeSending: () => Promise<void>,
): Promise<Outcome> {
  const bulk = { signal: waitSignal, beforeSending };
  const context = { requestId: randomUUID(), door: 'cli', signal, bulk } as const;
  try {
    const { kind, request } = requestOf(file, line, flags);
    // Whether a failed call is tried again is decided here, where it is known whether it may be on the bill.
    const once = { ...request, retries: 0 };
    const envelope =
      kind === 'pack'
        ? await core.dispatcher.dispatch('packs.run', { ...once, send: true }, context)
        : await core.dispatcher.dispatch('chat.send', once, context);
    if (!envelope.ok) return failed(envelope.error);
    if ('reply' in envelope.data) return answered(envelope.data, bound);
    throw new AppError('internal_error', 'a line was planned where it should have been sent');
  } catch (error) {
    return failed(core.dispatcher.toErrorInfo(error, context, 'batch'));
  }
}

/** One line, until it is answered or there is no use in another try. */
async function sendLine(parts: SendParts, line: BatchLine, upTo: number): Promise<Outcome> {
  const { journal, signal } = parts;
  const { key, hash } = line;
  const bound = Number.isFinite(upTo) && upTo > 0 ? upTo : null;
  let spent = 0;
  for (let left = parts.retries, wait = 0; ; left--) {
    // Known to be on its way before it is: a kill from here on finds the line in the journal.
    const outcome = await dispatch(parts, line, bound, () =>
      journal.add({ key, hash, state: 'sent', ...(bound === null ? {} : { bound }) }),
    );
    spent += outcome.usd;
    const row = { line: line.n, ...(line.id === undefined ? {} : { id: line.id }), ...outcome.row };
    await journal.add({ key, hash, state: outcome.state, row, ...(outcome.usd ? { usd: outcome.usd } : {}) });
    const asked = outcome.retryAfterMs;
    if (asked === undefined || left === 0 || outcome.stops || parts.waitSignal.aborted || asked > maxWaitMs)
      return { ...outcome, usd: spent };
    wait = Math.min(maxWaitMs, Math.max(asked, wait * 2));
    await sleep(wait * (1 + Math.random() / 4), undefined, { signal }).catch(() => {});
  }
}

/** Sends every line that is still to be sent, so many at a time, each exactly once unless it failed for nothing. */
export async function sendLines(parts: SendParts): Promise<Ended> {
  const { journal, file, again, maxUsd } = parts;
  let ended: Ended = { reason: 'done' };
  let hopeless = 0;
  const money = { spent: journal.spent, aside: 0 };
  const running = new Set<Promise<void>>();

  const work = async (line: BatchLine, upTo: number) => {
    const outcome = await sendLine(parts, line, upTo);
    money.aside -= upTo;
    money.spent += outcome.usd;
    hopeless = outcome.row['ok'] || outcome.state === 'done' ? 0 : hopeless + 1;
    if (outcome.stops) ended = { reason: 'stopped', message: String(outcome.row['message']) };
    else if (hopeless >= hopelessAfter)
      ended = {
        reason: 'stopped',
        message: `${hopeless} lines failed in a row, the last with: ${String(outcome.row['message'])}`,
      };
    parts.onOutcome(outcome);
  };

  for await (const line of keyedLines(file, parts.flags.encoding)) {
    if (!isPending(journal.positions.get(line.key)?.state, again)) continue;
    while (running.size >= parts.concurrency) await Promise.race(running);
    if (ended.reason !== 'done') break;
    if (parts.waitSignal.aborted) {
      ended = { reason: 'interrupted' };
      break;
    }
    const upTo = await parts.upTo(line);
    // What is under way may come to less than was set aside for it.
    while (money.spent + money.aside + upTo > maxUsd && running.size) await Promise.race(running);
    if (money.spent + money.aside + upTo > maxUsd) {
      const next = Number.isFinite(upTo)
        ? `$${upTo.toFixed(4)}`
        : 'an unknown amount (set --param max_tokens=N)';
      ended = {
        reason: 'stopped',
        message: `--max-usd ${maxUsd}: $${money.spent.toFixed(4)} is spent, and the next line could cost ${next}`,
      };
      break;
    }
    money.aside += upTo;
    const task: Promise<void> = work(line, upTo).finally(() => running.delete(task));
    running.add(task);
  }
  await Promise.all(running);
  return ended;
}
