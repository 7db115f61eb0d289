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

/** Implements the operations on a project's runs. */
export class RunOperations {
  readonly #parts: RunOperationParts;

  constructor(parts: RunOperationParts) {
    this.#parts = parts;
  }

  async run(input: ParsedInput<'translate.run'>, context: RequestContext): Promise<{ run: RunView }> {
    const { project, max_usd, mock = false, retry_unknown, wait, delivery, confirm_usd } = input;
    const loaded = await this.#parts.projects.get(project);
    requireImport(loaded);
    const start = { maxUsd: max_usd, retryUnknown: retry_unknown, delivery, confirmUsd: confirm_usd };
    return this.#start(loaded, start, mock, wait ?? false, context);
  }

  async retry(input: ParsedInput<'translate.retry'>, context: RequestContext): Promise<{ run: RunView }> {
    const { project, ids, problem, max_usd, mock = false, wait } = input;
    const loaded = await this.#parts.projects.get(project);
    requireImport(loaded);
    return this.#start(loaded, { maxUsd: max_usd, flagged: { ids, problem } }, mock, wait ?? false, context);
  }

  async #start(
    project: Project,
    start: StartRun,
    mock: boolean,
    wait: boolean,
    context: RequestContext,
  ): Promise<{ run: RunView }> {
    const { runs, running } = this.#parts;
    const order = await this.#order(project, mock, start.flagged !== undefined);
    const { row, ended } = await running.start(order, start, context);
    if (wait) await ended;
    const latest = await runs.latest(project.row.id);
    return { run: await runView(runs, latest?.id === row.id ? latest : row) };
  }

  async #order(project: Project, mock = false, retry = false) {
    return {
      ...planOrderOf(project, mock, retry),
      rulesOf: await checkRulesOf(project, this.#parts.projectStore),
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

  /** Also cancels batches that an earlier run left at a provider. */
  async cancel({ project, give_up }: ParsedInput<'translate.cancel'>, context: RequestContext) {
    const { projects, running, batchRuns } = this.#parts;
    if (await batchRuns.hasUnreadBatch(project)) {
      const loaded = await projects.get(project);
      await running.start(await this.#order(loaded), { delivery: 'batch' }, context);
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
