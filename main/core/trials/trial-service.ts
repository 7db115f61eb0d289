import { join } from 'node:path';
import type { ParsedInput } from '../../../contract/operations/table.ts';
import { trialLine, type MeasuredRank, type RankingName, type TrialView } from '../../../contract/trials.ts';
import { AppError } from '../lib/app-error.ts';
import type { RequestContext } from '../lib/request-context.ts';
import { resultViews, trialReport, usualRanking, voterOf, votersOf } from './results/trial-results.ts';
import { trialCsv } from './results/trial-csv.ts';
import { trialMarkdown } from './results/trial-markdown.ts';
import { seededRandom } from './scores/intervals.ts';
import { planTrial, type PlannedTrial } from './runs/plan-trial.ts';
import { TrialFolder, type StoredTrial } from './runs/trial-folder.ts';
import { TrialRequests } from './runs/trial-requests.ts';
import { TrialRuns, type TrialRunsParts } from './runs/trial-runs.ts';
import type { SetLibrary } from './sets/set-library.ts';
import type { TrialSet } from './sets/trial-set.ts';
import { readVotes } from './voting/vote-file.ts';
import { VoteService } from './voting/vote-service.ts';

export interface TrialParts extends Omit<TrialRunsParts, 'folder'> {
  sets: SetLibrary;
  /** The user's data folder, which contains the trials. */
  runtimeRoot: string;
  /** The current presets of a module. */
  presetsOf(module: string): readonly { id: string; provider: string; model: string }[];
}

/** Older trials are not used for a preset's rank, because each has to be evaluated again after a start. */
const maxRankedTrials = 20;

/** A random sample in the set's order; the same number always selects the same units. */
function drawn(set: TrialSet, sample: number | undefined): TrialSet {
  if (sample === undefined || sample >= set.units.length) return set;
  const random = seededRandom(1);
  const chosen = set.units.map((unit) => ({ unit, at: random() })).sort((a, b) => a.at - b.at);
  const remaining = new Set(chosen.slice(0, sample).map(({ unit }) => unit));
  return { ...set, units: set.units.filter((unit) => remaining.has(unit)) };
}

/** Compares presets on a set: one method per operation. */
export class TrialService {
  readonly #parts: TrialParts;
  readonly #folder: TrialFolder;
  readonly #runs: TrialRuns;
  readonly #votes: VoteService;
  readonly #views = new Map<string, TrialView>();

  constructor(parts: TrialParts) {
    this.#parts = parts;
    this.#folder = new TrialFolder(join(parts.runtimeRoot, 'data', 'trials'));
    this.#runs = new TrialRuns({ ...parts, folder: this.#folder });
    const { chat, now, onProgress } = parts;
    const stored = (trial: string) => this.#endedTrial(trial);
    this.#votes = new VoteService({ chat, now, onProgress, stored, folder: this.#folder });
  }

  async #planned(
    { set: name, contestants, sample, mock = false }: ParsedInput<'trials.plan'>,
    context: RequestContext,
  ): Promise<{ planned: PlannedTrial; set: TrialSet; requests: TrialRequests }> {
    const set = drawn(this.#parts.sets.get(name), sample);
    const requests = await TrialRequests.of(this.#parts, set.header.module, mock);
    return {
      planned: await planTrial(this.#parts, requests, set, contestants, mock, context),
      set,
      requests,
    };
  }

  async plan(input: ParsedInput<'trials.plan'>, context: RequestContext) {
    return (await this.#planned(input, context)).planned.plan;
  }

  async start(input: ParsedInput<'trials.start'>, context: RequestContext): Promise<{ trial: TrialView }> {
    const { wait = false, max_usd, concurrency, mock = false, ...order } = input;
    const { planned, set, requests } = await this.#planned({ ...order, mock }, context);
    const { plan, contestants } = planned;
    const refused = plan.contestants.find(({ refusal }) => refusal);
    if (refused?.refusal)
      throw new AppError('invalid_request', `${refused.id} cannot be asked: ${refused.refusal.message}`, {
        contestant: refused.id,
        code: refused.refusal.code,
      });
    if (plan.cost && max_usd !== undefined && plan.cost.min > max_usd)
      throw new AppError(
        'budget_exceeded',
        `the trial costs $${plan.cost.min.toFixed(4)} at least; nothing was sent`,
      );
    const { prompt_sha256 } = plan;
    const begun = { set, contestants, mock, prompt_sha256, maxUsd: max_usd ?? null };
    const { id, ended } = await this.#runs.begin(begun, requests, concurrency, context);
    if (wait) await ended;
    return { trial: this.#view(id) };
  }

  async resume(input: ParsedInput<'trials.resume'>, context: RequestContext): Promise<{ trial: TrialView }> {
    const { trial, wait = false, ...how } = input;
    const { ended } = await this.#runs.resume(trial, how, context);
    if (wait) await ended;
    return { trial: this.#view(trial) };
  }

  async cancel({ trial, give_up = false }: ParsedInput<'trials.cancel'>): Promise<{ trial: TrialView }> {
    this.#folder.head(trial);
    await this.#runs.stop(trial, give_up);
    return { trial: this.#view(trial) };
  }

  list() {
    const trials = this.#folder.list().flatMap((id) => {
      try {
        // Only the contract's fields of a list entry.
        return [trialLine.parse(this.#light(id))];
      } catch (error) {
        // An unreadable file must not hide other trials.
        if (error instanceof AppError) return [];
        throw error;
      }
    });
    return { trials };
  }

  get({ trial, ranked_by, voter }: ParsedInput<'trials.get'>): { trial: TrialView } {
    return { trial: this.#view(trial, ranked_by, voter) };
  }

  async remove({ trial }: ParsedInput<'trials.remove'>) {
    if (this.#runs.isActive(trial))
      throw new AppError('invalid_request', 'the trial is running: cancel it first');
    await this.#folder.remove(trial);
    return {};
  }

  #stored(id: string): StoredTrial {
    const stored = this.#folder.read(id);
    const active = this.#runs.totalsOf(id);
    return active ? { ...stored, journal: active } : stored;
  }

  /** Without results, which take a while to compute. */
  #light(id: string, stored = this.#stored(id)): TrialView {
    const { head, set, journal } = stored;
    const requests = head.contestants.length * set.units.length;
    const finished = journal.answers.size;
    const state = this.#runs.isActive(id) ? 'running' : finished < requests ? 'stopped' : 'done';
    return {
      id,
      set: set.header.name,
      set_title: set.header.title,
      module: set.header.module,
      state,
      mock: head.mock,
      contestants: head.contestants.map(({ id: name, label, provider, model }) => ({
        id: name,
        label,
        provider,
        model,
      })),
      units: set.units.length,
      started_at: head.started_at,
      ended_at: head.ended_at,
      prompt_sha256: head.prompt_sha256,
      finished,
      requests,
      unknown:
        journal.open.size +
        [...journal.answers.values()].filter(({ paid, error }) => error !== null && paid === 'maybe').length,
      spent_usd: journal.spent,
      max_usd: head.max_usd,
      reason: state === 'running' ? null : head.reason,
      reason_detail: state === 'running' ? null : (head.reason_detail ?? null),
      ranked_by: usualRanking(set.header.module),
      voters: [],
      voter: null,
      results: [],
    };
  }

  #view(id: string, rankedBy?: RankingName, askedVoter?: string): TrialView {
    const stored = this.#stored(id);
    const light = this.#light(id, stored);
    if (light.state === 'running') return light;
    const text = this.#folder.text(id, 'votes.jsonl');
    const stamp = JSON.stringify([light, text.length, rankedBy, askedVoter]);
    const known = this.#views.get(stamp);
    if (known) return known;
    const votes = readVotes(text);
    const ranked_by = rankedBy ?? light.ranked_by;
    const voter = voterOf(votes, askedVoter);
    const results = resultViews(trialReport(stored, votes, ranked_by, voter));
    const view = { ...light, ranked_by, voter, voters: votersOf(votes), results };
    if (this.#views.size > 30) this.#views.clear();
    this.#views.set(stamp, view);
    return view;
  }

  #endedTrial(id: string): StoredTrial {
    if (this.#runs.isActive(id))
      throw new AppError('invalid_request', 'the trial is running: votes wait until it is over');
    return this.#stored(id);
  }

  ballot(input: ParsedInput<'trials.ballot'>) {
    return this.#votes.ballot(input);
  }

  vote(input: ParsedInput<'trials.vote'>) {
    return this.#votes.vote(input);
  }

  judgePlan(input: ParsedInput<'trials.judgePlan'>, context: RequestContext) {
    return this.#votes.judgePlan(input, context);
  }

  judge(input: ParsedInput<'trials.judge'>, context: RequestContext) {
    return this.#votes.judge(input, context);
  }

  export({ trial, as, ranked_by, voter }: ParsedInput<'trials.export'>) {
    const stored = this.#endedTrial(trial);
    const votes = readVotes(this.#folder.text(trial, 'votes.jsonl'));
    const by = ranked_by ?? usualRanking(stored.set.header.module);
    const report = trialReport(stored, votes, by, voterOf(votes, voter));
    const { started_at, prompt_sha256, mock } = stored.head;
    const date = started_at.slice(0, 10);
    const text =
      as === 'csv' ? trialCsv(report) : trialMarkdown({ ...report, date, promptSha256: prompt_sha256, mock });
    return { text, file_name: `trial-${stored.set.header.name}-${date}.${as === 'csv' ? 'csv' : 'md'}` };
  }

  /**
   * For each preset, the latest finished trial with several contestants in which it had its current settings.
   */
  ranks({ module }: ParsedInput<'trials.ranks'>): { ranks: MeasuredRank[] } {
    const presets = new Map(this.#parts.presetsOf(module).map((preset) => [preset.id, preset]));
    const ranks = new Map<string, MeasuredRank>();
    const { trials } = this.list();
    const compared = trials.filter(
      (one) => one.module === module && one.state === 'done' && !one.mock && one.contestants.length > 1,
    );
    for (const { id } of compared.slice(0, maxRankedTrials)) {
      if (ranks.size === presets.size) break;
      const { results, set_title, ranked_by, ended_at, started_at } = this.#view(id);
      for (const { id: preset, rank, tied, provider, model } of results) {
        const now = presets.get(preset);
        if (rank === null || ranks.has(preset) || now?.provider !== provider || now.model !== model) continue;
        const measured_at = ended_at ?? started_at;
        ranks.set(preset, {
          preset,
          rank,
          tied,
          of: results.length,
          set_title,
          trial: id,
          ranked_by,
          measured_at,
        });
      }
    }
    return { ranks: [...ranks.values()] };
  }

  /** Stops the trials running here; replies in progress get a moment to arrive. */
  close(): Promise<void> {
    return this.#runs.close();
  }
}
