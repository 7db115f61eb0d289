import { shownWarnings } from '../import/stored-warnings.ts';
import type { GroupRequest, ProjectFacets } from '../../../../contract/translation.ts';
import type { GroupRow } from '../../database/translation-tables.ts';
import { AppError } from '../../lib/app-error.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import type { PlanOrder, ScenePlanner, UnitPages } from '../plan/scene-planner.ts';
import { storedRequest } from '../plan/scene-request.ts';
import { unitView } from '../review/unit-view.ts';
import { groupView } from '../run/run-view.ts';
import type { BrowseStore } from '../store/browse-store.ts';
import type { ProjectStore } from '../store/project-store.ts';
import type { UnitFilter, UnitStore } from '../store/unit-store.ts';

export interface BrowserParts {
  browse: BrowseStore;
  units: UnitStore;
  projects: ProjectStore;
  planner: ScenePlanner;
}

/** The columns from which a group's request is built again. */
type SentGroup = Pick<GroupRow, 'request' | 'sha256'>;

const perUnit = ({ cost, unit_count }: GroupRow) => (unit_count === 0 ? 0 : cost / unit_count);

/** Answers questions about a project: positions of units, counts, a unit's history, and the requests that contain it. */
export class ProjectBrowser {
  readonly #parts: BrowserParts;

  constructor(parts: BrowserParts) {
    this.#parts = parts;
  }

  async index(project: string, filter: UnitFilter): Promise<{ total: number; ranges: number[] }> {
    const last = await this.#parts.units.lastOrdinal(project);
    return this.#parts.browse.ranges(project, filter, last);
  }

  async facets(project: string): Promise<ProjectFacets> {
    const { browse, projects, units } = this.#parts;
    const last = await units.lastOrdinal(project);
    const rows = await projects.files(project);
    // In sequence, so that other queries can run in between.
    const counts = await browse.fileCounts(project, last);
    const speakers = await browse.speakers(project, last);
    const problems = await browse.problems(project, last);
    const byPath = new Map(counts.map(({ file, ...count }) => [file, count]));
    const noCounts = { units: 0, characters: 0, repeats: 0, translated: 0, flagged: 0 };
    const files = rows.map(({ path, format, encoding, bytes, warnings }) => ({
      path,
      format,
      encoding,
      bytes: Number(bytes),
      ...(byPath.get(path) ?? noCounts),
      ...shownWarnings(warnings),
    }));
    return { files, speakers, problems };
  }

  /** @throws AppError `not_found` */
  async unit(project: string, id: string) {
    const { browse, units } = this.#parts;
    const [row] = await units.byIds(project, [id]);
    if (!row) throw new AppError('not_found', `the project has no unit ${id}`, { unit: id });
    const first = row.repeat === 1 ? await browse.firstOf(project, row.pair) : null;
    const [history, groups] = await Promise.all([
      browse.history(id),
      browse.groupsOf(project, first === null ? [id] : [id, first]),
    ]);
    const earlier = history.map(({ target, state, origin, model, replaced_at }) => {
      return { target, state, origin, model, replaced_at: new Date(replaced_at).toISOString() };
    });
    return {
      unit: unitView(row),
      earlier,
      groups: groups.map((group) => ({ ...groupView(group), cost_per_unit: perUnit(group) })),
    };
  }

  /**
   * Builds a sent group's request again, and compares it with the hash of the sent bytes.
   * @throws AppError `not_found`, also for a group of an earlier version that did not store its request
   */
  async sentRequest(project: string, id: string, context: RequestContext): Promise<GroupRequest> {
    const group = await this.#parts.browse.group(project, id);
    if (!group) throw new AppError('not_found', `the project has no group ${id}`, { group: id });
    const { plan, shown } = await this.#planAgain(group, context);
    return {
      answer: shown,
      group: groupView(group),
      identical: plan.sha256 === group.sha256,
      units: group.unit_count,
      cost_per_unit: perUnit(group),
    };
  }

  #planAgain(group: SentGroup, context: RequestContext) {
    if (group.request !== null) return this.#parts.planner.planRequest(storedRequest(group), context);
    throw new AppError('not_found', 'the request of this group was not stored: an earlier version sent it');
  }

  /** The planned request of the group at `position`, from 0. @throws AppError `not_found` after the last group */
  async plannedRequest(
    pages: UnitPages,
    order: PlanOrder,
    position: number,
    context: RequestContext,
  ): Promise<GroupRequest> {
    let count = 0;
    for await (const lines of this.#parts.planner.groups(pages, order)) {
      if (count++ < position) continue;
      const { shown } = await this.#parts.planner.planGroup(lines, order, context);
      return { answer: shown, group: null, identical: null, units: lines.length, cost_per_unit: null };
    }
    throw new AppError('not_found', `the plan has ${count} groups`, { groups: count });
  }
}
