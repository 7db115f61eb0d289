import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { AppError } from '../../core/lib/app-error.ts';
import type { Core } from '../../core/app/services.ts';
import { requestOf, type LineFlags } from '../input-lines.ts';
import type { Journal } from './journal.ts';
import { answered, failed, type Outcome } from './outcome.ts';
import { isPending, keyedLines, type RetryOptions, type BatchLine } from './estimate.ts';

export interface SendParts {
  core: Core;
  journal: Journal;
  file: string;
  flags: LineFlags;
  retry: RetryOptions;
  concurrency: number;
  /** How often a line is retried after a failure that cost nothing. */
  retries: number;
  /** Total USD that this and all earlier runs may cost. */
  maxUsd: number;
  /** A line's maximum cost in USD; Infinity if unknown. */
  maxCostOf(line: BatchLine): Promise<number>;
  /** Aborted at the second interrupt: calls in progress are aborted. */
  signal: AbortSignal;
  /** Aborted at the first interrupt: no further line starts, and lines stop waiting for rate limits. */
  waitSignal: AbortSignal;
  onOutcome(outcome: Outcome): void;
}

/** Why a run ended. */
export type BatchEnd = { reason: 'done' | 'interrupted' } | { reason: 'stopped'; message: string };

const maxWaitMs = 60_000;
/** After this many lines in a row without a reply, the run stops: the provider is probably down. */
const maxFailuresInRow = 25;

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
    // No retries in the core: `sendLine` retries, because it knows whether a failed call may have been billed.
    const once = { ...request, retries: 0 };
    const envelope =
      kind === 'pack'
        ? await core.dispatcher.dispatch('packs.run', { ...once, send: true }, context)
        : await core.dispatcher.dispatch('chat.send', once, context);
    if (!envelope.ok) return failed(envelope.error);
    if ('reply' in envelope.data) return answered(envelope.data, bound);
    throw new AppError('internal_error', 'a line was only planned, although it should have been sent');
  } catch (error) {
    return failed(core.dispatcher.toErrorInfo(error, context, 'batch'));
  }
}

/** Sends one line until it is answered or a retry cannot help. */
async function sendLine(parts: SendParts, line: BatchLine, maxCost: number): Promise<Outcome> {
  const { journal, signal } = parts;
  const { key, hash } = line;
  const bound = Number.isFinite(maxCost) && maxCost > 0 ? maxCost : null;
  let spent = 0;
  for (let left = parts.retries, wait = 0; ; left--) {
    // Recorded before sending, so the journal contains the line after a kill.
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

/** Sends every pending line with limited concurrency. Only lines whose failure cost nothing are sent again. */
export async function sendLines(parts: SendParts): Promise<BatchEnd> {
  const { journal, file, retry, maxUsd } = parts;
  let ended: BatchEnd = { reason: 'done' };
  let failures = 0;
  const money = { spent: journal.spent, reserved: 0 };
  const running = new Set<Promise<void>>();

  const work = async (line: BatchLine, maxCost: number) => {
    const outcome = await sendLine(parts, line, maxCost);
    money.reserved -= maxCost;
    money.spent += outcome.usd;
    failures = outcome.row['ok'] || outcome.state === 'done' ? 0 : failures + 1;
    if (outcome.stops) ended = { reason: 'stopped', message: String(outcome.row['message']) };
    else if (failures >= maxFailuresInRow)
      ended = {
        reason: 'stopped',
        message: `${failures} lines failed in a row, the last one with: ${String(outcome.row['message'])}`,
      };
    parts.onOutcome(outcome);
  };

  for await (const line of keyedLines(file, parts.flags.encoding)) {
    if (!isPending(journal.positions.get(line.key)?.state, retry)) continue;
    while (running.size >= parts.concurrency) await Promise.race(running);
    if (ended.reason !== 'done') break;
    if (parts.waitSignal.aborted) {
      ended = { reason: 'interrupted' };
      break;
    }
    const maxCost = await parts.maxCostOf(line);
    // Waits, since lines in progress may cost less than is reserved for them.
    while (money.spent + money.reserved + maxCost > maxUsd && running.size) await Promise.race(running);
    if (money.spent + money.reserved + maxCost > maxUsd) {
      const next = Number.isFinite(maxCost)
        ? `$${maxCost.toFixed(4)}`
        : 'an unknown amount (set --param max_tokens=N)';
      ended = {
        reason: 'stopped',
        message: `--max-usd ${maxUsd}: $${money.spent.toFixed(4)} is spent, and the next line could cost ${next}`,
      };
      break;
    }
    money.reserved += maxCost;
    const task: Promise<void> = work(line, maxCost).finally(() => running.delete(task));
    running.add(task);
  }
  await Promise.all(running);
  return ended;
}
