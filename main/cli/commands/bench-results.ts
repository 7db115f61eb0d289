import { writeFile } from 'node:fs/promises';
import type { RankingName, TrialLine } from '../../../contract/trials.ts';
import { AppError } from '../../core/lib/app-error.ts';
import { confirmSpending, priceText, type SendFlags } from '../confirm-spending.ts';
import { printResults } from '../bench/result-table.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { CliHost } from '../host.ts';
import { printJson, usd } from '../print.ts';
import { plain } from '../style.ts';
import { printTable } from '../table.ts';
import { withCore, withInterruptibleCore } from '../translate/translate-core.ts';

export interface ShowFlags {
  rankedBy?: RankingName;
  voter?: string;
  as?: 'markdown' | 'csv';
  out?: string;
  json?: boolean;
}

export interface VoteFlags extends SendFlags {
  judge?: string;
  perPair: number;
  json?: boolean;
}

const resultOptions = ({ rankedBy, voter }: ShowFlags) => ({
  ...(rankedBy === undefined ? {} : { ranked_by: rankedBy }),
  ...(voter === undefined ? {} : { voter }),
});

/** `comfyvn-llm bench list` */
export function benchListCommand(host: CliHost, { json }: ShowFlags): Promise<void> {
  return withCore(host, async (core) => {
    const { trials } = await core.ask('trials.list', {});
    if (json) return printJson(host, { ok: true, trials });
    printTable<TrialLine>(
      host,
      [
        { title: 'trial', of: ({ id }) => id },
        { title: 'date', of: ({ started_at }) => started_at.slice(0, 10) },
        { title: 'state', of: ({ state, mock }) => (mock ? `${state} (offline)` : state) },
        { title: 'units', of: ({ units }) => String(units), right: true },
        { title: 'set', of: ({ set }) => set },
        {
          title: 'presets',
          of: ({ contestants }) => contestants.map(({ label }) => label).join(', '),
          shrinks: true,
        },
      ],
      trials,
    );
  });
}

/** `comfyvn-llm bench show TRIAL` */
export function benchShowCommand(host: CliHost, id: string, flags: ShowFlags): Promise<void> {
  return withCore(host, async (core) => {
    const { trial } = await core.ask('trials.get', { trial: id, ...resultOptions(flags) });
    if (flags.json) return printJson(host, { ok: true, trial });
    printResults(host, trial);
  });
}

/** `comfyvn-llm bench export TRIAL` */
export function benchExportCommand(host: CliHost, id: string, flags: ShowFlags): Promise<void> {
  return withCore(host, async (core) => {
    const { as = 'markdown', out } = flags;
    const { text } = await core.ask('trials.export', { trial: id, as, ...resultOptions(flags) });
    if (out === undefined) return host.out.write(text);
    await writeFile(out, text, { flag: 'wx' }).catch((error: unknown) => {
      const code = String((error as { code?: unknown }).code ?? error);
      throw new AppError(
        'file_unreadable',
        code === 'EEXIST'
          ? `${out} already exists: choose another file`
          : `${out} cannot be written (${code})`,
      );
    });
    host.out.write(`${out}\n`);
  });
}

/** `comfyvn-llm bench remove TRIAL` */
export function benchRemoveCommand(host: CliHost, trial: string, { json }: ShowFlags): Promise<void> {
  return withCore(host, async (core) => {
    await core.ask('trials.remove', { trial });
    if (json) printJson(host, { ok: true });
    else host.out.write(`${trial} was removed\n`);
  });
}

/** Lets a model vote, after it shows the price. Ctrl+C stops; votes already cast stay. */
function judge(host: CliHost, trial: string, name: string, flags: VoteFlags): Promise<ExitCode> {
  return withInterruptibleCore(host, async (core) => {
    const at = name.indexOf('/');
    if (at < 1) throw new AppError('invalid_request', `--judge ${name}: use provider/model`);
    const judgeOptions = {
      trial,
      provider: name.slice(0, at),
      model: name.slice(at + 1),
      per_pair: flags.perPair,
    };
    const plan = await core.ask('trials.judgePlan', judgeOptions);
    host.err.write(`${plan.requests} comparisons by ${name}, ${priceText(plan.cost)}\n`);
    if (plan.requests && !(await confirmSpending(host, plan.cost, `${plan.requests} comparisons`, flags))) {
      host.err.write('nothing was sent\n');
      return exitCodes.refused;
    }
    const max = flags.maxUsd === undefined ? {} : { max_usd: flags.maxUsd };
    const end = await core.ask('trials.judge', { ...judgeOptions, ...max });
    if (flags.json) printJson(host, { ok: end.reason === null && end.failed === 0, ...end });
    else {
      const { trial: view } = await core.ask('trials.get', { trial, voter: name });
      printResults(host, view);
      host.out.write(`${end.voted} votes, ${end.failed} failed, ${usd(end.spent_usd)}\n`);
    }
    if (end.reason !== null) host.err.write(`stopped: ${end.reason}\n`);
    return end.reason === null && end.failed === 0 ? exitCodes.ok : exitCodes.incomplete;
  });
}

const keys: Readonly<Record<string, 'left' | 'right' | 'tie'>> = { a: 'left', b: 'right', '=': 'tie' };

/** `comfyvn-llm bench vote TRIAL`: asks the user at the terminal, or a model with `--judge`. */
export async function benchVoteCommand(host: CliHost, trial: string, flags: VoteFlags): Promise<ExitCode> {
  if (flags.judge !== undefined) return judge(host, trial, flags.judge, flags);
  return withCore(host, async (core) => {
    const { perPair } = flags;
    for (;;) {
      const { ballot, done, total } = await core.ask('trials.ballot', { trial, per_pair: perPair });
      if (!ballot) {
        host.out.write(
          total ? `all ${total} pairs have votes\n` : 'there are no pairs of replies to compare\n',
        );
        return exitCodes.ok;
      }
      const { source, speaker, left, right } = ballot;
      const lines = [
        `\n${done + 1}/${total}  ${speaker === null ? '' : `${speaker}: `}${source}`,
        `  A  ${left}`,
        `  B  ${right}`,
      ];
      host.err.write(`${lines.map(plain).join('\n')}\n`);
      const answer = await host.ask('Which is better? a, b, or = for a tie; anything else stops: ');
      if (answer === null)
        throw new AppError('invalid_request', 'voting needs a terminal, or --judge provider/model');
      const choice = keys[answer.trim().toLowerCase()];
      if (!choice) return exitCodes.ok;
      await core.ask('trials.vote', { trial, ballot: ballot.ballot, choice });
    }
  });
}
