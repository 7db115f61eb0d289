import type { GroupRequest, ProjectFacets } from '../../../../contract/translation.ts';
import type { GroupRow } from '../../database/translation-tables.ts';
import { AppError } from '../../lib/app-error.ts';
import type { RequestContext } from '../../lib/request-context.ts';
import type { PlanOrder, ScenePlanner, UnitPages } from '../plan/scene-planner.ts';
import type { GroupPackRequest } from '../plan/scene-request.ts';
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

/** Read where a group's request is asked for: what it was made of, not what it came to. */
type SentGroup = Pick<GroupRow, 'request' | 'sha256'>;

const perUnit = ({ cost, unit_count }: GroupRow) => (unit_count === 0 ? 0 : cost / unit_count);

/** Looks through a project: where units are, what there is of each kind, what became of one, and by which request. */
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
    // One after the other: the database answers one question at a time, and others have theirs.
    const counts = await browse.fileCounts(project, last);
    const speakers = await browse.speakers(project, last);
    const problems = await browse.problems(project, last);
    const byPath = new Map(counts.map(({ file, ...count }) => [file, count]));
    const none = { units: 0, characters: 0, repeats: 0, translated: 0, flagged: 0 };
    const files = rows.map(({ path, format, encoding, bytes, warnings }) => ({
      path,
      format,
      encoding,
      bytes: Number(bytes),
      ...(byPath.get(path) ?? none),
      warnings: JSON.parse(warnings ?? '[]') as string[],
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
   * The request of a group that was sent, made again from what is stored and compared with the hash of what left.
   * @throws AppError `not_found`, also for a group of a version that did not store it
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

  #planAgain({ request }: SentGroup, context: RequestContext) {
    if (request !== null)
      return this.#parts.planner.planRequest(JSON.parse(request) as GroupPackRequest, context);
    throw new AppError('not_found', 'the request of this group was not stored: an earlier version sent it');
  }

  /** The request of the group at a position of the plan, from 0. @throws AppError `not_found` past the last one */
  async plannedRequest(
    pages: UnitPages,
    order: PlanOrder,
    position: number,
    context: RequestContext,
  ): Promise<GroupRequest> {
    let at = 0;
    for await (const lines of this.#parts.planner.groups(pages, order)) {
      if (at++ < position) continue;
      const { shown } = await this.#parts.planner.planGroup(lines, order, context);
      return { answer: shown, group: null, identical: null, units: lines.length, cost_per_unit: null };
    }
    throw new AppError('not_found', `the plan has ${at} groups`, { groups: at });
  }
}
