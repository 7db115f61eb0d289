import { setMaxListeners } from 'node:events';
import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '../../core/lib/app-error.ts';
import { Journal } from '../batch/journal.ts';
import { lock } from '../batch/lock.ts';
import { Progress } from '../batch/progress.ts';
import { sendLines, type Ended } from '../batch/send-lines.ts';
import { keyedLines, survey, type BatchLine, type Survey } from '../batch/survey.ts';
import { hasOpenBatch, releasePrepared } from '../batch/journaled-batches.ts';
import { deliverLines } from '../batch/deliver-lines.ts';
import { writeOutput, type Totals } from '../batch/write-output.ts';
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

function describe(found: Survey, journal: Journal): string {
  const { lines, pending, done, unknown, faulty, min, max, priceUnknown, free } = found;
  const cost = free
    ? 'free'
    : priceUnknown
      ? 'at a price that is not known'
      : `${usd(min)} to ${Number.isFinite(max) ? usd(max) : 'no known limit'}`;
  const parts = [
    `${lines} lines, ${pending} to send (${cost})`,
    ...(done ? [`${done} done before`] : []),
    ...(unknown ? [`${unknown} may have been paid before and stay as they are (--retry-unknown)`] : []),
    ...(faulty ? [`${faulty} cannot be sent as they are`] : []),
    ...(journal.spent ? [`${usd(journal.spent)} spent so far`] : []),
  ];
  return parts.join('; ');
}

/** Ensures that a user has seen the estimate or set a limit before anything is paid. */
async function mayStart(host: CliHost, found: Survey, { yes, maxUsd }: BatchFlags): Promise<boolean> {
  if (found.pending === 0 || found.free) return true;
  if (maxUsd !== undefined && found.min > maxUsd)
    throw new AppError(
      'budget_exceeded',
      `the lines cost ${usd(found.min)} at least, more than --max-usd ${maxUsd}; nothing was sent`,
    );
  if (yes && maxUsd !== undefined) return true;
  const limit = maxUsd === undefined ? '' : ` up to ${usd(maxUsd)}`;
  const answer = yes ? null : await host.ask(`Send ${found.pending} lines${limit}? [y/N] `);
  if (answer !== null) return /^y(es)?$/i.test(answer.trim());
  throw new AppError(
    'invalid_request',
    'this may cost money and nobody can be asked: add --yes and --max-usd AMOUNT; nothing was sent',
  );
}

function report(
  host: CliHost,
  flags: BatchFlags,
  totals: Totals,
  ended: Ended,
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
    host.err.write(`stopped: ${ended.message}\nrun the same command to go on\n`);
  if (ended.reason === 'interrupted') {
    host.err.write('interrupted; run the same command to go on\n');
    return exitCodes.interrupted;
  }
  return failed + unknown + missing > 0 ? exitCodes.incomplete : exitCodes.ok;
}

/** `comfyvn-llm batch IN OUT`: sends every line once, even across interruptions. */
export async function batchCommand(
  host: CliHost,
  input: string,
  output: string,
  flags: BatchFlags,
): Promise<ExitCode> {
  if (resolve(input) === resolve(output))
    throw new AppError('invalid_request', 'input and output are one file');
  const journalFile = `${output}.journal`;
  if (existsSync(output) && !existsSync(journalFile))
    throw new AppError('invalid_request', `${output} is there already, and no batch of ours wrote it`);
  const unlock = lock(`${output}.lock`);
  try {
    const isNew = !existsSync(journalFile);
    const journal = await Journal.open(journalFile, flagsHash(flags));
    try {
      return await run(host, input, output, flags, journal);
    } finally {
      await journal.close();
      // Nothing was sent, so other flags may be tried for the same output.
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
  const again = { retryUnknown: flags.retryUnknown ?? false };
  const found = await survey(offline, input, flags, journal, again);
  const factor = flags.delivery === 'batch' ? await batchFactor(offline, input, flags) : 1;
  found.min *= factor;
  found.max *= factor;
  host.err.write(`${describe(found, journal)}\n`);
  printWarnings(host, found.warnings);
  if (flags.dryRun) return exitCodes.ok;
  // Reported before asking for confirmation, because every line would fail.
  if (found.refusal) throw found.refusal;
  if (!flags.cancelBatch && !(await mayStart(host, found, flags))) {
    host.err.write('nothing was sent\n');
    return exitCodes.refused;
  }
  const open = hasOpenBatch(journal);
  if (open && flags.delivery !== 'batch' && flags.retryUnknown)
    throw new AppError(
      'invalid_request',
      'a batch of an earlier run is at the provider: read it with --delivery batch before lines are sent again',
    );
  const ended: Ended =
    (flags.delivery === 'batch' || flags.cancelBatch) && (found.pending || open)
      ? await deliver(host, offline, input, flags, journal, factor)
      : found.pending
        ? await send(host, offline, input, flags, journal, found)
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
  found: Survey,
): Promise<Ended> {
  const core = await host.core();
  const progress = new Progress(host, found.pending);
  const stop = new AbortController();
  const abort = new AbortController();
  // Every line in progress adds a listener, up to the chosen concurrency.
  setMaxListeners(0, stop.signal, abort.signal);
  const stopListening = host.onInterrupt(() => {
    if (stop.signal.aborted) abort.abort();
    else host.err.write('\nfinishing what is under way; once more gives it up\n');
    stop.abort();
  });
  try {
    await releasePrepared(core, journal);
    return await sendLines({
      core,
      journal,
      file: input,
      flags,
      again: { retryUnknown: flags.retryUnknown ?? false },
      concurrency: flags.concurrency,
      retries: flags.retries,
      maxUsd: flags.maxUsd ?? Infinity,
      async upTo(line) {
        if (found.free || flags.maxUsd === undefined) return 0;
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

/** Sends all lines as batches of their provider. */
async function deliver(
  host: CliHost,
  offline: Offline,
  input: string,
  flags: BatchFlags,
  journal: Journal,
  factor: number,
): Promise<Ended> {
  const core = await host.core();
  const stop = new AbortController();
  let shown = '';
  const stopListening = host.onInterrupt(() => {
    host.err.write('\nthe batch stays at the provider; the same command reads it\n');
    stop.abort();
  });
  try {
    return await deliverLines({
      core,
      journal,
      file: input,
      flags,
      again: { retryUnknown: flags.retryUnknown ?? false },
      maxUsd: flags.maxUsd ?? Infinity,
      confirmUsd: flags.confirmUsd,
      cancel: flags.cancelBatch ?? false,
      upTo: async (line) => (await maxCost(offline, input, line, flags)) * factor,
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

/** A line's maximum cost in USD; 0 if it cannot be planned, Infinity if unknown. */
async function maxCost(offline: Offline, input: string, line: BatchLine, flags: BatchFlags): Promise<number> {
  const { estimate } = await planOf(offline, requestOf(input, line, flags)).catch(() => ({ estimate: null }));
  return estimate ? (estimate.cost?.max ?? Infinity) : 0;
}

/** @throws AppError `parameter_refused` if the provider has no batches */
async function batchFactor(offline: Offline, input: string, flags: BatchFlags): Promise<number> {
  for await (const line of keyedLines(input, flags.encoding)) {
    const call = await callOf(offline, requestOf(input, line, flags)).catch(() => null);
    if (!call) continue;
    const factor = offline.batchFactor(call);
    if (factor !== null) return factor;
    throw new AppError(
      'parameter_refused',
      'this provider takes no batches: leave --delivery batch out, or choose OpenAI, Azure OpenAI, Anthropic or Gemini',
    );
  }
  return 1;
}
