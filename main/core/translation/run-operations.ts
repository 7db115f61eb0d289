import type { ParsedInput } from '../../../contract/operations/table.ts';
import type { RunView } from '../../../contract/translation.ts';
import type { RequestContext } from '../lib/request-context.ts';
import type { BatchRuns } from './batches/batch-runs.ts';
import { checkRulesOf, planOrderOf, requireImport } from './project/project-order.ts';
import type { Project, Projects } from './project/projects.ts';
import type { ProjectStore } from './store/project-store.ts';
import type { RunStore } from './store/run-store.ts';
import type { RunService, StartRun } from './run/run-service.ts';
import { groupView, runView } from './run/run-view.ts';

export interface RunOperationParts {
  projects: Projects;
  projectStore: ProjectStore;
  runs: RunStore;
  running: RunService;
  batchRuns: BatchRuns;
}

/** What the operations on runs of a project do. */
export class RunOperations {
  readonly #parts: RunOperationParts;

  constructor(parts: RunOperationParts) {
    this.#parts = parts;
  }

  async run(input: ParsedInput<'translate.run'>, context: RequestContext): Promise<{ run: RunView }> {
    const { project, max_usd, mock = false, retry_unknown, wait, delivery, confirm_usd } = input;
    const found = await this.#parts.projects.get(project);
    requireImport(found);
    const start = { maxUsd: max_usd, retryUnknown: retry_unknown, delivery, confirmUsd: confirm_usd };
    return this.#start(found, start, mock, wait ?? false, context);
  }

  async retry(input: ParsedInput<'translate.retry'>, context: RequestContext): Promise<{ run: RunView }> {
    const { project, ids, problem, max_usd, mock = false, wait } = input;
    const found = await this.#parts.projects.get(project);
    requireImport(found);
    return this.#start(found, { maxUsd: max_usd, flagged: { ids, problem } }, mock, wait ?? false, context);
  }

  async #start(
    found: Project,
    start: StartRun,
    mock: boolean,
    wait: boolean,
    context: RequestContext,
  ): Promise<{ run: RunView }> {
    const { runs, running } = this.#parts;
    const order = await this.#order(found, mock, start.flagged !== undefined);
    const { row, over } = await running.start(order, start, context);
    if (wait) await over;
    const latest = await runs.latest(found.row.id);
    return { run: await runView(runs, latest?.id === row.id ? latest : row) };
  }

  async #order(found: Project, mock = false, retry = false) {
    return {
      ...planOrderOf(found, mock, retry),
      rulesOf: await checkRulesOf(found, this.#parts.projectStore),
    };
  }

  async #latest(project: string): Promise<{ run: RunView | null }> {
    const { runs } = this.#parts;
    const latest = await runs.latest(project);
    return { run: latest && (await runView(runs, latest)) };
  }

  async pause({ project }: ParsedInput<'translate.pause'>) {
    await this.#parts.running.stop(project, 'pause');
    return this.#latest(project);
  }

  /** What an earlier run has left at a provider is cancelled too. */
  async cancel({ project, give_up }: ParsedInput<'translate.cancel'>, context: RequestContext) {
    const { projects, running, batchRuns } = this.#parts;
    if (await batchRuns.isLeft(project)) {
      const found = await projects.get(project);
      await running.start(await this.#order(found), { delivery: 'batch' }, context);
    }
    await running.stop(project, 'cancel', give_up);
    return this.#latest(project);
  }

  async list({ project, limit }: ParsedInput<'translate.runs'>) {
    const { runs } = this.#parts;
    const rows = await runs.list(project, limit);
    return { runs: await Promise.all(rows.map((row) => runView(runs, row))) };
  }

  async groups({ project, run, state, limit }: ParsedInput<'translate.groups'>) {
    const rows = await this.#parts.runs.groups(project, { run, state }, limit);
    return { groups: rows.map(groupView) };
  }
}
