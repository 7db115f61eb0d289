import { setMaxListeners } from 'node:events';
import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '../../core/lib/app-error.ts';
import { Journal } from '../batch/journal.ts';
import { lock } from '../batch/lock.ts';
import { Progress } from '../batch/progress.ts';
import { sendLines, type BatchEnd } from '../batch/send-lines.ts';
import { keyedLines, estimateBatch, type BatchLine, type BatchEstimate } from '../batch/estimate.ts';
import { hasOpenBatch, releasePrepared } from '../batch/journaled-batches.ts';
import { deliverLines } from '../batch/deliver-lines.ts';
import { writeOutput, type Totals } from '../batch/write-output.ts';
import { confirmSpending } from '../confirm-spending.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { CliHost } from '../host.ts';
import { requestOf, type LineFlags } from '../input-lines.ts';
import { printJson, printWarnings, usd } from '../print.ts';
import { callOf, planOf } from './plan.ts';
import type { Offline } from '../../core/app/offline.ts';

export interface BatchFlags extends LineFlags {
  concurrency: number;
  retries: number;
  maxUsd?: number;
  yes?: boolean;
  retryUnknown?: boolean;
  dryRun?: boolean;
  delivery?: 'live' | 'batch';
  confirmUsd?: number;
  cancelBatch?: boolean;
  json?: boolean;
}

/** Hashes the flags that must be the same in every run of one batch. */
function flagsHash({
  module,
  provider,
  model,
  preset,
  param,
  system,
  schema,
  textAs,
  var: vars,
  maxCostUsd,
}: BatchFlags) {
  const asked = { module, provider, model, preset, param, system, schema, textAs, vars, maxCostUsd };
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 24);
}

function describe(estimate: BatchEstimate, journal: Journal): string {
  const { lines, pending, done, unknown, faulty, min, max, priceUnknown, free } = estimate;
  const cost = free
    ? 'free'
    : priceUnknown
      ? 'price unknown'
      : `${usd(min)} to ${Number.isFinite(max) ? usd(max) : 'no known limit'}`;
  const parts = [
    `${lines} lines, ${pending} to send (${cost})`,
    ...(done ? [`${done} already done`] : []),
    ...(unknown ? [`${unknown} may have been paid before and are skipped (--retry-unknown sends them)`] : []),
    ...(faulty ? [`${faulty} are invalid and cannot be sent`] : []),
    ...(journal.spent ? [`${usd(journal.spent)} spent so far`] : []),
  ];
  return parts.join('; ');
}

function report(
  host: CliHost,
  flags: BatchFlags,
  totals: Totals,
  ended: BatchEnd,
  journal: Journal,
  output: string,
): ExitCode {
  const { ok, failed, unknown, missing } = totals;
  if (flags.json) printJson(host, { ...totals, spent_usd: journal.spent, ended: ended.reason, output });
  else {
    const counts = [
      `${ok} answered`,
      `${failed} failed`,
      `${unknown} may have been paid`,
      `${missing} not sent`,
    ];
    host.out.write(
      `${counts.filter((text) => !text.startsWith('0 ')).join(', ') || 'no lines'}; ${output}\n`,
    );
  }
  if (ended.reason === 'stopped')
    host.err.write(`stopped: ${ended.message}\nrun the same command again to continue\n`);
  if (ended.reason === 'interrupted') {
    host.err.write('interrupted; run the same command again to continue\n');
    return exitCodes.interrupted;
  }
  return failed + unknown + missing > 0 ? exitCodes.incomplete : exitCodes.ok;
}

/** `comfyvn-llm batch IN OUT`: sends every line once, even after interruptions. */
export async function batchCommand(
  host: CliHost,
  input: string,
  output: string,
  flags: BatchFlags,
): Promise<ExitCode> {
  if (resolve(input) === resolve(output))
    throw new AppError('invalid_request', 'input and output are the same file');
  const journalFile = `${output}.journal`;
  if (existsSync(output) && !existsSync(journalFile))
    throw new AppError(
      'invalid_request',
      `${output} already exists, and no batch wrote it: choose another output file`,
    );
  const unlock = lock(`${output}.lock`);
  try {
    const isNew = !existsSync(journalFile);
    const journal = await Journal.open(journalFile, flagsHash(flags));
    try {
      return await run(host, input, output, flags, journal);
    } finally {
      await journal.close();
      // Nothing was sent, so the user can run other flags with the same output.
      if (isNew && journal.positions.size === 0) rmSync(journalFile, { force: true });
    }
  } finally {
    unlock();
  }
}

async function run(
  host: CliHost,
  input: string,
  output: string,
  flags: BatchFlags,
  journal: Journal,
): Promise<ExitCode> {
  const offline = await host.offline();
  const retry = { retryUnknown: flags.retryUnknown ?? false };
  const estimate = await estimateBatch(offline, input, flags, journal, retry);
  const factor = flags.delivery === 'batch' ? await batchFactor(offline, input, flags) : 1;
  estimate.min *= factor;
  estimate.max *= factor;
  host.err.write(`${describe(estimate, journal)}\n`);
  printWarnings(host, estimate.warnings);
  if (flags.dryRun) return exitCodes.ok;
  // Reported before asking for confirmation, because every line would fail.
  if (estimate.refusal) throw estimate.refusal;
  const { pending, free, min, max } = estimate;
  const cost = { min, max: free ? 0 : Number.isFinite(max) ? max : null };
  if (pending && !flags.cancelBatch && !(await confirmSpending(host, cost, `${pending} lines`, flags))) {
    host.err.write('nothing was sent\n');
    return exitCodes.refused;
  }
  const open = hasOpenBatch(journal);
  if (open && flags.delivery !== 'batch' && flags.retryUnknown)
    throw new AppError(
      'invalid_request',
      'a batch of an earlier run is at the provider: read it with --delivery batch before you send lines again',
    );
  const ended: BatchEnd =
    (flags.delivery === 'batch' || flags.cancelBatch) && (estimate.pending || open)
      ? await deliver(host, offline, input, flags, journal, factor)
      : estimate.pending
        ? await send(host, offline, input, flags, journal, estimate)
        : { reason: 'done' };
  const totals = await writeOutput(journal, input, output, flags.encoding);
  return report(host, flags, totals, ended, journal, output);
}

/** Sends each line individually. */
async function send(
  host: CliHost,
  offline: Offline,
  input: string,
  flags: BatchFlags,
  journal: Journal,
  estimate: BatchEstimate,
): Promise<BatchEnd> {
  const core = await host.core();
  const progress = new Progress(host, estimate.pending);
  const stop = new AbortController();
  const abort = new AbortController();
  // Each line in progress adds a listener, so the default limit of 10 is too low.
  setMaxListeners(0, stop.signal, abort.signal);
  const stopListening = host.onInterrupt(() => {
    if (stop.signal.aborted) abort.abort();
    else host.err.write('\nfinishing the requests in progress; press Ctrl+C again to abort them\n');
    stop.abort();
  });
  try {
    await releasePrepared(core, journal);
    return await sendLines({
      core,
      journal,
      file: input,
      flags,
      retry: { retryUnknown: flags.retryUnknown ?? false },
      concurrency: flags.concurrency,
      retries: flags.retries,
      maxUsd: flags.maxUsd ?? Infinity,
      async maxCostOf(line) {
        if (estimate.free || flags.maxUsd === undefined) return 0;
        return maxCost(offline, input, line, flags);
      },
      signal: abort.signal,
      waitSignal: stop.signal,
      onOutcome: (outcome) => progress.add(outcome),
    });
  } finally {
    progress.end();
    stopListening();
    await core.close();
  }
}

/** Sends all lines as provider batches. */
async function deliver(
  host: CliHost,
  offline: Offline,
  input: string,
  flags: BatchFlags,
  journal: Journal,
  factor: number,
): Promise<BatchEnd> {
  const core = await host.core();
  const stop = new AbortController();
  let shown = '';
  const stopListening = host.onInterrupt(() => {
    host.err.write('\nthe batch stays at the provider; run the same command again to read it\n');
    stop.abort();
  });
  try {
    return await deliverLines({
      core,
      journal,
      file: input,
      flags,
      retry: { retryUnknown: flags.retryUnknown ?? false },
      maxUsd: flags.maxUsd ?? Infinity,
      confirmUsd: flags.confirmUsd,
      cancel: flags.cancelBatch ?? false,
      maxCostOf: async (line) => (await maxCost(offline, input, line, flags)) * factor,
      stopped: stop.signal,
      onOutcome: () => {},
      onWait(text) {
        if (text !== shown) host.err.write(`${text}\n`);
        shown = text;
      },
    });
  } finally {
    stopListening();
    await core.close();
  }
}

/** A line's maximum cost in USD; 0 if the line cannot be planned, Infinity if the cost is unknown. */
async function maxCost(offline: Offline, input: string, line: BatchLine, flags: BatchFlags): Promise<number> {
  const { estimate } = await planOf(offline, requestOf(input, line, flags)).catch(() => ({ estimate: null }));
  return estimate ? (estimate.cost?.max ?? Infinity) : 0;
}

/**
 * The provider's batch price as a factor of its normal price.
 * @throws AppError `parameter_refused` if the provider has no batches
 */
async function batchFactor(offline: Offline, input: string, flags: BatchFlags): Promise<number> {
  for await (const line of keyedLines(input, flags.encoding)) {
    const call = await callOf(offline, requestOf(input, line, flags)).catch(() => null);
    if (!call) continue;
    const factor = offline.batchFactor(call);
    if (factor !== null) return factor;
    throw new AppError(
      'parameter_refused',
      'this provider does not support batches: omit --delivery batch, or choose OpenAI, Azure OpenAI, Anthropic or Gemini',
    );
  }
  return 1;
}
