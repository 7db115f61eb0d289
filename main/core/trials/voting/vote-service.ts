import type { ParsedInput } from '../../../../contract/operations/table.ts';
import type { TrialPlan } from '../../../../contract/trials.ts';
import type { ChatService } from '../../chat/chat-service.ts';
import { AppendFile } from '../../lib/files/append-file.ts';
import { Mutex } from '../../lib/mutex.ts';
import { AppError } from '../../lib/app-error.ts';
import { detailOf } from '../../lib/coded-text.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import { addRanges } from '../runs/plan-trial.ts';
import type { StoredTrial, TrialFolder } from '../runs/trial-folder.ts';
import type { Ballot, Vote } from '../scores/votes.ts';
import { ballotsOf, ballotView } from './ballots.ts';
import { bothOrders, judgeAll, judgeCall, type JudgeTask } from './judge.ts';
import { ballotId, pairKey, personVoter, readVotes, type VoteEntry } from './vote-file.ts';

export interface VoteParts {
  chat: ChatService;
  folder: TrialFolder;
  now(): number;
  /**
   * A finished trial.
   * @throws AppError `not_found`, `invalid_request` while it runs
   */
  stored(trial: string): StoredTrial;
  onProgress(): void;
}

/** Blind votes on the replies of a trial, by a person or by a model. */
export class VoteService {
  readonly #parts: VoteParts;
  readonly #writes = new Mutex();
  /** Trials on which a judge is voting, with its name. */
  readonly #judging = new Set<string>();

  constructor(parts: VoteParts) {
    this.#parts = parts;
  }

  ballot({ trial, per_pair }: ParsedInput<'trials.ballot'>) {
    const stored = this.#parts.stored(trial);
    const ballots = ballotsOf(stored, per_pair);
    const voted = new Set(
      readVotes(this.#parts.folder.text(trial, 'votes.jsonl'))
        .filter(({ voter }) => voter === personVoter)
        .map(({ unit, left, right }) => pairKey({ unitId: unit, left, right })),
    );
    const open = ballots.filter((ballot) => !voted.has(pairKey(ballot)));
    const [next] = open;
    const view = next ? ballotView(stored, ballotId(trial, next), next) : null;
    return { ballot: view, done: ballots.length - open.length, total: ballots.length };
  }

  async vote({ trial, ballot: id, choice }: ParsedInput<'trials.vote'>) {
    const stored = this.#parts.stored(trial);
    const names = stored.head.contestants.map((one) => one.id);
    const all = stored.set.units.flatMap(({ id: unitId }) =>
      names.flatMap((left) =>
        names.filter((right) => right !== left).map((right) => ({ unitId, left, right })),
      ),
    );
    const ballot = all.find((one) => ballotId(trial, one) === id);
    if (!ballot) throw new AppError('not_found', 'the trial has no such ballot', { ballot: id });
    await this.#addVote(trial, ballot, choice, personVoter, 0);
    return {};
  }

  #addVote(trial: string, ballot: Ballot, choice: Vote['choice'], voter: string, usd: number): Promise<void> {
    const { unitId: unit, left, right } = ballot;
    const at = new Date(this.#parts.now()).toISOString();
    const entry: VoteEntry = { unit, left, right, choice, voter, usd, at };
    return this.#writes.run(async () => {
      const file = await AppendFile.open(this.#parts.folder.file(trial, 'votes.jsonl'));
      try {
        await file.readLines();
        await file.append(`${JSON.stringify(entry)}\n`);
      } finally {
        await file.close();
      }
      this.#parts.onProgress();
    });
  }

  #judgeTasks({ trial, provider, model, per_pair }: ParsedInput<'trials.judgePlan'>): JudgeTask[] {
    const stored = this.#parts.stored(trial);
    const voter = `${provider}/${model}`;
    const voted = new Set(
      readVotes(this.#parts.folder.text(trial, 'votes.jsonl'))
        .filter((vote) => vote.voter === voter)
        .map(({ unit, left, right }) => ballotId(trial, { unitId: unit, left, right })),
    );
    return bothOrders(ballotsOf(stored, per_pair)).flatMap((ballot) => {
      const id = ballotId(trial, ballot);
      const view = voted.has(id) ? null : ballotView(stored, id, ballot);
      return view ? [{ ballot, view }] : [];
    });
  }

  async judgePlan(input: ParsedInput<'trials.judgePlan'>, context: RequestContext) {
    const { provider, model } = input;
    const tasks = this.#judgeTasks(input);
    let prompt_tokens = 0;
    let cost: TrialPlan['cost'] = { min: 0, expected: 0, max: 0 };
    for (const task of tasks) {
      const { estimate } = (await this.#parts.chat.preview(judgeCall({ provider, model }, task), context))
        .shown;
      prompt_tokens += estimate.prompt_tokens;
      const { cost: each, price } = estimate;
      // The verdict is about a dozen tokens of JSON.
      const verdict = price ? (12 * price.output) / price.per : 0;
      cost = addRanges(cost, each && { ...each, expected: each.min + verdict });
    }
    return { provider, model, requests: tasks.length, prompt_tokens, cost };
  }

  /**
   * @throws AppError `invalid_request` while the same judge is voting on the trial, because each pair would
   * be paid twice
   */
  async judge({ max_usd, ...input }: ParsedInput<'trials.judge'>, context: RequestContext) {
    const { trial, provider, model } = input;
    const voter = `${provider}/${model}`;
    const judging = JSON.stringify([trial, voter]);
    if (this.#judging.has(judging))
      throw new AppError(
        'invalid_request',
        `${voter} is voting on this trial already: wait for it to finish`,
      );
    this.#judging.add(judging);
    try {
      const { reason, ...end } = await judgeAll(
        this.#parts.chat,
        { provider, model },
        this.#judgeTasks(input),
        max_usd ?? Infinity,
        context,
        (ballot, choice, usd) => this.#addVote(trial, ballot, choice, voter, usd),
      );
      return { ...end, reason: reason?.message ?? null, reason_detail: reason && detailOf(reason) };
    } finally {
      this.#judging.delete(judging);
    }
  }
}
