import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OperationInput, OperationOutput } from '../../../contract/operations/table.ts';
import { AppError } from '../../core/lib/app-error.ts';
import type { Core } from '../../core/app/services.ts';
import { requestOf, type LineFlags } from '../input-lines.ts';
import type { Journal } from './journal.ts';
import {
  askCore,
  recordBatch,
  openBatches,
  releasePrepared,
  type JournaledBatch,
} from './journaled-batches.ts';
import { answered, failed, type Outcome } from './outcome.ts';
import type { BatchEnd } from './send-lines.ts';
import { isPending, keyedLines, type RetryOptions, type BatchLine } from './estimate.ts';

export interface DeliverParts {
  core: Core;
  journal: Journal;
  file: string;
  flags: LineFlags;
  retry: RetryOptions;
  /** Total USD that this and all earlier runs may cost. */
  maxUsd: number;
  /** USD that the user has confirmed for a batch above a limit. */
  confirmUsd: number | undefined;
  /** Cancels batches at the provider, and submits nothing. */
  cancel: boolean;
  /** A line's maximum cost in USD as part of a batch; Infinity if unknown. */
  maxCostOf(line: BatchLine): Promise<number>;
  /** Aborted at the first interrupt: submitted batches stay at the provider. */
  stopped: AbortSignal;
  onOutcome(outcome: Outcome): void;
  /** Reports the progress of a batch. */
  onWait(text: string): void;
}

interface SelectedLine {
  line: BatchLine;
  bound: number;
  request: OperationInput<'batches.submit'>['requests'][number];
}

type Read = OperationOutput<'batches.read'>;

/** Below every provider's limits, the lowest of which are Gemini's 20 MB and 50,000 requests. */
const maxLines = 5000;
const maxBytes = 12 * 1024 * 1024;
const [firstWaitMs, maxWaitMs, waitGrowth] = [5000, 120_000, 1.5];
/** How often to look for an unconfirmed batch at the provider. */
const searches = 3;

/** A line's id in its batch, in a format that every provider accepts. */
const idOf = (key: string) => createHash('sha256').update(key).digest('hex').slice(0, 40);

const ask = <N extends 'batches.read' | 'batches.cancel'>(
  { core, stopped: signal }: DeliverParts,
  name: N,
  input: OperationInput<N>,
) => askCore(core, name, input, { signal });

function asRequest({ file, flags }: DeliverParts, line: BatchLine): SelectedLine['request'] {
  const { kind, request } = requestOf(file, line, flags);
  const id = idOf(line.key);
  return kind === 'pack' ? { id, pack: { ...request, send: true } } : { id, chat: request };
}

/** The lines of a batch that have no result yet. */
async function linesOf(parts: DeliverParts, { keys }: JournaledBatch): Promise<BatchLine[]> {
  const wanted = new Set(keys);
  const lines: BatchLine[] = [];
  for await (const line of keyedLines(parts.file, parts.flags.encoding))
    if (wanted.has(line.key) && parts.journal.positions.get(line.key)?.state === 'sent') lines.push(line);
  return lines;
}

function outcomeOf({ answer, error }: Read['results'][number]): Outcome {
  if (answer) return answered(answer, null);
  const { code, message, details, paid } = error ?? { code: 'internal_error', message: '', paid: 'maybe' };
  const outcome = failed({ code, message, ...(details ? { details } : {}) } as Parameters<typeof failed>[0]);
  const state = paid === 'no' ? 'unpaid' : paid === 'yes' ? 'done' : 'unknown';
  return { ...outcome, state, row: { ...outcome.row, paid } };
}

async function storeResults(
  parts: DeliverParts,
  lines: readonly BatchLine[],
  results: Read['results'],
): Promise<void> {
  const byId = new Map(lines.map((line) => [idOf(line.key), line]));
  for (const result of results) {
    const line = byId.get(result.id);
    if (!line) continue;
    const outcome = outcomeOf(result);
    const row = { line: line.n, ...(line.id === undefined ? {} : { id: line.id }), ...outcome.row };
    const { key, hash } = line;
    await parts.journal.add({
      key,
      hash,
      state: outcome.state,
      row,
      ...(outcome.usd ? { usd: outcome.usd } : {}),
    });
    parts.onOutcome(outcome);
  }
}

async function cancelBatch(parts: DeliverParts, batch: JournaledBatch): Promise<void> {
  const { remote_id, key_last4 = null } = batch;
  const [line] = await linesOf(parts, batch);
  if (!line || remote_id === null) return;
  await ask(parts, 'batches.cancel', { remote_id, key_last4, requests: [asRequest(parts, line)] });
}

/**
 * Polls a batch until it ends, and stores its results.
 * @returns false if the batch may still be at the provider
 */
async function followBatch(parts: DeliverParts, journaled: JournaledBatch): Promise<boolean> {
  const { journal, stopped, onWait } = parts;
  const lines = await linesOf(parts, journaled);
  if (lines.length === 0) {
    await recordBatch(journal, journaled, 'done');
    return true;
  }
  const requests = lines.map((line) => asRequest(parts, line));
  const open = new Set(lines.map(({ key }) => key));
  const answeredIds = journaled.keys.filter((key) => !open.has(key)).map(idOf);
  let [batch, wait, searched] = [journaled, firstWaitMs, 0];
  while (!stopped.aborted) {
    const { keys: _keys, ...about } = batch;
    const read = await ask(parts, 'batches.read', { ...about, requests, known: answeredIds });
    const { state, remote_id } = read;
    if (state === 'ended') {
      await storeResults(parts, lines, read.results);
      await recordBatch(journal, { ...batch, remote_id }, 'done');
      for (const note of read.notes) onWait(note);
      return true;
    }
    if (state === 'unknown' && ++searched === searches) return false;
    if (remote_id !== null && remote_id !== batch.remote_id) {
      batch = { ...batch, remote_id };
      await recordBatch(journal, batch, 'sent');
    }
    const status = `${read.remote_status ?? 'not found yet'}, ${read.completed ?? 0}/${lines.length}`;
    onWait(`batch ${remote_id ?? batch.id}: ${status}`);
    const ms = Math.min(maxWaitMs, read.retry_after_ms ?? wait);
    await sleep(ms, undefined, { signal: stopped }).catch(() => {});
    wait *= waitGrowth;
  }
  return false;
}

/**
 * Splits the pending lines into batches that the providers accept.
 * @param unreadLines keys of lines in batches that could not be read; these lines are not sent again
 */
async function splitPending(
  parts: DeliverParts,
  unreadLines: ReadonlySet<string>,
): Promise<SelectedLine[][]> {
  const all: SelectedLine[][] = [];
  let bytes = Infinity;
  for await (const line of keyedLines(parts.file, parts.flags.encoding)) {
    if (unreadLines.has(line.key)) continue;
    if (!isPending(parts.journal.positions.get(line.key)?.state, parts.retry)) continue;
    const selected = { line, bound: await parts.maxCostOf(line), request: asRequest(parts, line) };
    const size = Buffer.byteLength(JSON.stringify(selected.request));
    const last = all.at(-1);
    if (!last || last.length >= maxLines || bytes + size > maxBytes) {
      all.push([selected]);
      bytes = size;
    } else {
      last.push(selected);
      bytes += size;
    }
  }
  return all;
}

async function submit(parts: DeliverParts, selected: readonly SelectedLine[]): Promise<JournaledBatch> {
  const { core, journal, confirmUsd } = parts;
  let batch: JournaledBatch = {
    id: randomUUID(),
    keys: selected.map(({ line }) => line.key),
    submitted_at: Date.now(),
    remote_id: null,
    key_last4: null,
  };
  // Recorded before the money is reserved, so the next run can release it after a kill.
  await recordBatch(journal, batch, 'unpaid');
  /** Records the batch and its lines before they are submitted, so the next run looks for them after a kill. */
  const beforeSubmitting = async (key_last4: string | null) => {
    batch = { ...batch, submitted_at: Date.now(), key_last4 };
    await Promise.all([
      recordBatch(journal, batch, 'sent'),
      ...selected.map(({ line: { key, hash }, bound }) =>
        journal.add({ key, hash, state: 'sent', ...(Number.isFinite(bound) && bound > 0 ? { bound } : {}) }),
      ),
    ]);
  };
  const requests = selected.map(({ request }) => request);
  const confirmed = confirmUsd === undefined ? {} : { confirm_usd: confirmUsd };
  // An interrupt does not abort the submission, because its answer says what was paid.
  const { signal } = new AbortController();
  const input = { id: batch.id, requests, ...confirmed };
  const answer = await askCore(core, 'batches.submit', input, { signal, beforeSubmitting }).catch(
    async (error: AppError) => {
      await recordRefusal(parts, selected, error);
      await recordBatch(journal, batch, 'done');
      throw error;
    },
  );
  const { remote_id, message } = answer;
  if (message !== null) parts.onWait(`the submission was not confirmed (${message}); looking for the batch`);
  const submitted = { ...batch, remote_id };
  await recordBatch(journal, submitted, 'sent');
  return submitted;
}

async function recordRefusal(
  { journal }: DeliverParts,
  selected: readonly SelectedLine[],
  { code, message }: AppError,
): Promise<void> {
  for (const { line } of selected) {
    const id = line.id === undefined ? {} : { id: line.id };
    const row = { line: line.n, ...id, ok: false, code, message, paid: 'no' };
    await journal.add({ key: line.key, hash: line.hash, state: 'unpaid', row });
  }
}

/** Reads the batches of earlier runs. A batch whose key is missing does not stop the others from being read. */
async function followEarlier(parts: DeliverParts): Promise<{ unreadLines: Set<string>; missing?: AppError }> {
  const unreadLines = new Set<string>();
  let missing: AppError | undefined;
  for (const batch of await openBatches(parts.journal)) {
    try {
      if (parts.cancel) await cancelBatch(parts, batch);
      await followBatch(parts, batch);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'missing_key') throw error;
      missing ??= error;
      for (const key of batch.keys) unreadLines.add(key);
    }
    if (parts.stopped.aborted) break;
  }
  return missing ? { unreadLines, missing } : { unreadLines };
}

/** Sends lines as provider batches. First reads the batches of earlier runs, then submits and reads new ones. */
export async function deliverLines(parts: DeliverParts): Promise<BatchEnd> {
  const { core, journal, maxUsd, stopped } = parts;
  try {
    await releasePrepared(core, journal);
    const { unreadLines, missing } = await followEarlier(parts);
    if (stopped.aborted) return { reason: 'interrupted' };
    const keyMissing: BatchEnd | undefined = missing && { reason: 'stopped', message: missing.message };
    if (parts.cancel) return keyMissing ?? { reason: 'done' };
    const waiting = await splitPending(parts, unreadLines);
    const sum = waiting.flat().reduce((usd, { bound }) => usd + bound, 0);
    if (journal.spent + sum > maxUsd) {
      const next = Number.isFinite(sum)
        ? `up to $${sum.toFixed(4)}`
        : 'an unknown amount (set --param max_tokens=N)';
      return {
        reason: 'stopped',
        message: `--max-usd ${maxUsd}: $${journal.spent.toFixed(4)} is spent, and the batch could cost ${next}`,
      };
    }
    const submitted: JournaledBatch[] = [];
    for (const piece of waiting) {
      if (stopped.aborted) return { reason: 'interrupted' };
      submitted.push(await submit(parts, piece));
    }
    let lost = 0;
    for (const batch of submitted) if (!(await followBatch(parts, batch))) lost++;
    if (stopped.aborted) return { reason: 'interrupted' };
    if (lost === 0) return keyMissing ?? { reason: 'done' };
    return { reason: 'stopped', message: `${lost} batches were not confirmed, and may have been paid` };
  } catch (error) {
    if (stopped.aborted) return { reason: 'interrupted' };
    if (!(error instanceof AppError)) throw error;
    return { reason: 'stopped', message: error.message };
  }
}
