import { partition } from 'es-toolkit';
import type { Contestant, TrialPlan, TrialView } from '../../../contract/trials.ts';
import { AppError } from '../../core/lib/app-error.ts';
import { followTrial } from '../bench/follow-trial.ts';
import { confirmSpending, priceText, type SendFlags } from '../confirm-spending.ts';
import { printResults } from '../bench/result-table.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { CliHost } from '../host.ts';
import { printJson, printWarnings } from '../print.ts';
import { printTable } from '../table.ts';
import { withCore, type TranslateCore } from '../translate/translate-core.ts';

export interface BenchRunFlags extends SendFlags {
  preset?: string[];
  target?: string[];
  sample?: number;
  concurrency: number;
  dryRun?: boolean;
  json?: boolean;
}

export interface BenchResumeFlags extends SendFlags {
  concurrency: number;
  retryUnknown?: boolean;
  json?: boolean;
}

/**
 * Parses `provider/model`; the model may contain further slashes.
 * @throws AppError `invalid_request`
 */
function targetOf(text: string): Contestant {
  const at = text.indexOf('/');
  if (at < 1 || at === text.length - 1)
    throw new AppError('invalid_request', `--target ${text}: use provider/model`);
  return { provider: text.slice(0, at), model: text.slice(at + 1) };
}

/** The maximum number of presets that a trial compares. */
const maxContestants = 20;

/** The presets named by flags, else those of the set's module, available ones first. */
async function contestantsOf(
  host: CliHost,
  core: TranslateCore,
  set: string,
  { preset = [], target = [] }: BenchRunFlags,
): Promise<{ contestants: Contestant[]; all: boolean }> {
  const named = [...preset.map((id) => ({ preset: id })), ...target.map(targetOf)];
  if (named.length) return { contestants: named, all: false };
  const { sets } = await core.ask('trials.sets', {});
  const module = sets.find(({ name }) => name === set)?.module;
  if (module === undefined)
    throw new AppError('not_found', `there is no set "${set}": comfyvn-llm bench sets lists them`);
  const { presets } = await core.ask('presets.list', { module });
  if (presets.length > maxContestants)
    printWarnings(host, [
      `only ${maxContestants} of ${presets.length} presets are compared: choose others with --preset`,
    ]);
  const { providers } = await core.ask('registry.get', {});
  const ready = new Set(
    providers.flatMap(({ name, enabled, credentials: { required, present } }) =>
      enabled && (present || !required) ? [name] : [],
    ),
  );
  const [available, others] = partition(presets, ({ current }) => ready.has(current.provider));
  const contestants = [...available, ...others].slice(0, maxContestants).map(({ id }) => ({ preset: id }));
  return { contestants, all: true };
}

const countText = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

function printPlan(host: CliHost, plan: TrialPlan): void {
  const { set, units, requests, cost, contestants } = plan;
  host.err.write(
    `${set.title}: ${countText(units, 'unit')} × ${countText(contestants.length, 'preset')} = ${countText(requests, 'request')}, ${priceText(cost)}\n`,
  );
  printTable<TrialPlan['contestants'][number]>(
    { ...host, out: host.err },
    [
      { title: 'preset', of: ({ label }) => label, shrinks: true },
      { title: 'model', of: ({ provider, model }) => `${provider}/${model}` },
      { title: 'prompt tokens', of: ({ prompt_tokens }) => String(prompt_tokens), right: true },
      { title: 'price', of: ({ cost: each }) => priceText(each) },
      { title: 'unavailable', of: ({ refusal }) => refusal?.message ?? '' },
    ],
    contestants,
  );
  printWarnings(
    host,
    contestants.flatMap(({ label, warnings }) => warnings.map((warning) => `${label}: ${warning}`)),
  );
}

function report(
  host: CliHost,
  { trial, interrupted }: { trial: TrialView; interrupted: boolean },
  json: boolean | undefined,
): ExitCode {
  if (json) printJson(host, { ok: trial.state === 'done', trial });
  else {
    printResults(host, trial);
    host.out.write(`trial ${trial.id}\n`);
  }
  if (trial.reason !== null) host.err.write(`stopped: ${trial.reason}\n`);
  if (trial.unknown)
    host.err.write(
      `${trial.unknown} requests have no reply but may have been paid: bench resume --retry-unknown sends them again\n`,
    );
  if (trial.state !== 'done') host.err.write(`to continue: comfyvn-llm bench resume ${trial.id}\n`);
  if (interrupted) return exitCodes.interrupted;
  return trial.state === 'done' && trial.unknown === 0 ? exitCodes.ok : exitCodes.incomplete;
}

/** `comfyvn-llm bench SET`: shows the plan with its price, then runs the trial. */
export function benchRunCommand(host: CliHost, set: string, flags: BenchRunFlags): Promise<ExitCode> {
  return withCore(host, async (core) => {
    const { contestants, all } = await contestantsOf(host, core, set, flags);
    const order = {
      set,
      ...(flags.sample === undefined ? {} : { sample: flags.sample }),
      ...(flags.mock ? { mock: true } : {}),
    };
    let plan = await core.ask('trials.plan', { ...order, contestants });
    const refused = new Set(plan.contestants.flatMap(({ id, refusal }) => (refusal ? [id] : [])));
    if (!flags.json || !flags.dryRun) printPlan(host, plan);
    let available = contestants;
    if (all && refused.size) {
      available = contestants.filter((one) => !('preset' in one) || !refused.has(one.preset));
      if (!available.length)
        throw new AppError('missing_key', 'no preset of the module is available: see the reasons above');
      plan = await core.ask('trials.plan', { ...order, contestants: available });
      host.err.write(`without the unavailable presets: ${plan.requests} requests, ${priceText(plan.cost)}\n`);
    }
    if (flags.dryRun) {
      if (flags.json) printJson(host, { ok: true, plan });
      return exitCodes.ok;
    }
    const [first] = plan.contestants.filter(({ refusal }) => refusal);
    if (first?.refusal)
      throw new AppError('invalid_request', `${first.id} is not available: ${first.refusal.message}`);
    if (!(await confirmSpending(host, plan.cost, `${plan.requests} requests`, flags))) {
      host.err.write('nothing was sent\n');
      return exitCodes.refused;
    }
    const max = flags.maxUsd === undefined ? {} : { max_usd: flags.maxUsd };
    const start = { ...order, ...max, contestants: available, concurrency: flags.concurrency };
    const { trial } = await core.ask('trials.start', start);
    return report(host, await followTrial(host, core, trial.id), flags.json);
  });
}

/** `comfyvn-llm bench resume TRIAL`: sends the requests without a reply. Nothing is paid twice. */
export function benchResumeCommand(
  host: CliHost,
  trial: string,
  { concurrency, retryUnknown = false, maxUsd, json, ...flags }: BenchResumeFlags,
): Promise<ExitCode> {
  return withCore(host, async (core) => {
    const { trial: view } = await core.ask('trials.get', { trial });
    const left = view.requests - view.finished + (retryUnknown ? view.unknown : 0);
    host.err.write(`${view.set_title}: up to ${left} requests left\n`);
    const limit = maxUsd ?? (view.max_usd === null ? undefined : Math.max(0, view.max_usd - view.spent_usd));
    const send = { ...flags, mock: view.mock, ...(limit === undefined ? {} : { maxUsd: limit }) };
    if (left && !(await confirmSpending(host, null, `${left} requests`, send))) {
      host.err.write('nothing was sent\n');
      return exitCodes.refused;
    }
    await core.ask('trials.resume', {
      trial,
      concurrency,
      ...(maxUsd === undefined ? {} : { max_usd: maxUsd }),
      ...(retryUnknown ? { retry_unknown: true } : {}),
    });
    return report(host, await followTrial(host, core, trial), json);
  });
}
