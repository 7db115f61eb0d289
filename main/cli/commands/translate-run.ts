import { setTimeout as sleep } from 'node:timers/promises';
import type { ProjectView, RunView } from '../../../contract/translation.ts';
import { AppError } from '../../core/lib/app-error.ts';
import { confirmSpending } from '../confirm-spending.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { CliHost } from '../host.ts';
import { printJson, printWarnings, usd } from '../print.ts';
import { RunProgress } from '../translate/run-progress.ts';
import { openProject, withCore, type TranslateCore } from '../translate/translate-core.ts';
import { planText } from './translate-project.ts';

export interface RunFlags {
  maxUsd?: number;
  yes?: boolean;
  mock?: boolean;
  retryUnknown?: boolean;
  problem?: string;
  delivery?: 'live' | 'batch';
  confirmUsd?: number;
  cancelBatch?: boolean;
  json?: boolean;
}

const pollMs = 300;

/** Null while the database is unavailable; the run itself waits for it too. */
async function currentView(core: TranslateCore, project: string): Promise<ProjectView | null> {
  try {
    return (await core.ask('translate.get', { project })).project;
  } catch (error) {
    if (error instanceof AppError && error.code === 'ledger_unavailable') return null;
    throw error;
  }
}

/**
 * Waits for a run and shows its progress. Ctrl+C pauses it; pressed twice, it aborts requests in progress.
 */
async function follow(
  host: CliHost,
  core: TranslateCore,
  project: string,
  begin: () => Promise<{ run: RunView }>,
): Promise<{ run: RunView; interrupted: boolean }> {
  const progress = new RunProgress(host);
  let pause = pollMs;
  let interrupts = 0;
  const stopListening = host.onInterrupt(() => {
    const first = ++interrupts === 1;
    if (first) host.err.write('\nfinishing the requests in progress; press Ctrl+C again to abort them\n');
    const input = { project };
    void (
      first ? core.ask('translate.pause', input) : core.ask('translate.cancel', { ...input, give_up: true })
    ).catch(() => {});
  });
  const running = begin();
  const ended = running.then(
    () => true,
    () => true,
  );
  try {
    for (let isOver = false; !isOver;) {
      isOver = await Promise.race([sleep(pause, false), ended]);
      const started = performance.now();
      const view = await currentView(core, project);
      if (view?.run) progress.show(view.run);
      // The view of a large project takes long to compute, so the interval grows with that time.
      pause = Math.max(pollMs, (performance.now() - started) * 10);
    }
    return { ...(await running), interrupted: interrupts > 0 };
  } finally {
    progress.end();
    stopListening();
  }
}

function report(
  host: CliHost,
  { run, interrupted }: { run: RunView; interrupted: boolean },
  view: ProjectView,
  flags: RunFlags,
): ExitCode {
  const { batches } = view;
  const left = (view.units.by_state['new'] ?? 0) + view.units.held;
  const flagged = view.units.by_state['flagged'] ?? 0;
  if (flags.json)
    printJson(host, {
      ok: run.state === 'done' && !run.code,
      run,
      units: view.units,
      batches,
      spent_usd: view.spent_usd,
    });
  else {
    const parts = [
      `${Object.entries(view.units.by_state)
        .map(([state, n]) => `${n} ${state}`)
        .join(', ')}`,
      `${usd(run.spent_usd)} in this run, ${usd(view.spent_usd)} in total`,
    ];
    host.out.write(`${parts.join('; ')}\n`);
    if (flagged)
      host.out.write(
        `${flagged} lines are flagged; to list them: comfyvn-llm translate review --state flagged\n`,
      );
    for (const { provider, remote_id, remote_status, requests, state, key_last4 } of batches)
      host.out.write(
        `${provider}: ${requests} requests in batch ${remote_id ?? '(not confirmed)'}${key_last4 ? ` (key ••••${key_last4})` : ''}, ${remote_status ?? state}: --delivery batch reads it\n`,
      );
    if (view.unknown_groups)
      host.out.write(
        `${view.unknown_groups} requests have no reply but may have been paid: --retry-unknown sends their ${view.units.held} lines again\n`,
      );
  }
  if (run.reason) host.err.write(`${run.state}: ${run.reason}\n`);
  if (interrupted) {
    host.err.write('interrupted; run the same command again to continue\n');
    return exitCodes.interrupted;
  }
  if (run.state === 'waiting') host.err.write('run the same command again to continue\n');
  return run.state === 'done' && !run.code && left === 0 ? exitCodes.ok : exitCodes.incomplete;
}

/** Cancels the project's batches at a provider, and resolves when their results have been read. */
async function cancelBatches(core: TranslateCore, project: string): Promise<{ run: RunView }> {
  for (let { run } = await core.ask('translate.cancel', { project }); ;) {
    if (!run) throw new AppError('invalid_request', 'this project has no run to cancel');
    if (run.state !== 'running') return { run };
    await sleep(pollMs);
    ({ run } = (await core.ask('translate.get', { project })).project);
  }
}

/** `comfyvn-llm translate run`: sends new lines. After a kill, it continues without paying twice. */
export function translateRunCommand(host: CliHost, folder: string, flags: RunFlags): Promise<ExitCode> {
  return withCore(host, async (core) => {
    const { id, settings, batches } = await openProject(core, folder);
    if (flags.cancelBatch) {
      const ended = await follow(host, core, id, () => cancelBatches(core, id));
      const { project } = await core.ask('translate.get', { project: id });
      return report(host, ended, project, flags);
    }
    const mock = flags.mock ? { mock: true } : {};
    const inBatches = flags.delivery === 'batch';
    const plan = await core.ask('translate.plan', { project: id, show_groups: 0, ...mock });
    host.err.write(`${planText(plan)}\n`);
    printWarnings(host, plan.warnings);
    if (batches.length && inBatches) host.err.write(`reading ${batches.length} batches of an earlier run\n`);
    if (plan.held && !flags.retryUnknown && !(batches.length && inBatches))
      host.err.write(
        `${plan.held} lines ${batches.length ? 'are in a provider batch or ' : ''}may have been paid before and are skipped (--retry-unknown sends them)\n`,
      );
    const nothing = plan.groups === 0 && !(flags.retryUnknown && plan.held);
    if (
      !nothing &&
      !(await confirmSpending(
        host,
        inBatches ? (plan.batch_cost ?? plan.cost) : plan.cost,
        `${plan.groups} requests${inBatches ? ' as a batch' : ''}`,
        flags,
        settings.limit_usd !== undefined || flags.confirmUsd !== undefined,
      ))
    ) {
      host.err.write('nothing was sent\n');
      return exitCodes.refused;
    }
    const input = {
      project: id,
      wait: true,
      ...mock,
      ...(flags.maxUsd === undefined ? {} : { max_usd: flags.maxUsd }),
      ...(flags.retryUnknown ? { retry_unknown: true } : {}),
      ...(flags.delivery === undefined ? {} : { delivery: flags.delivery }),
      ...(flags.confirmUsd === undefined ? {} : { confirm_usd: flags.confirmUsd }),
    };
    const ended = await follow(host, core, id, () => core.ask('translate.run', input));
    const { project } = await core.ask('translate.get', { project: id });
    return report(host, ended, project, flags);
  });
}

/** `comfyvn-llm translate retry`: sends flagged lines again and tells the model what was wrong. */
export function translateRetryCommand(host: CliHost, folder: string, flags: RunFlags): Promise<ExitCode> {
  return withCore(host, async (core) => {
    const { id, settings, units } = await openProject(core, folder);
    const flagged = units.by_state['flagged'] ?? 0;
    const limited = settings.limit_usd !== undefined;
    if (flagged && !(await confirmSpending(host, null, `up to ${flagged} flagged lines`, flags, limited))) {
      host.err.write('nothing was sent\n');
      return exitCodes.refused;
    }
    const input = {
      project: id,
      wait: true,
      ...(flags.mock ? { mock: true } : {}),
      ...(flags.problem === undefined ? {} : { problem: flags.problem }),
      ...(flags.maxUsd === undefined ? {} : { max_usd: flags.maxUsd }),
    };
    const ended = await follow(host, core, id, () => core.ask('translate.retry', input));
    const { project } = await core.ask('translate.get', { project: id });
    return report(host, ended, project, flags);
  });
}
