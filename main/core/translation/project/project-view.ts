import type { ProjectLine, ProjectView, ProviderBatchView } from '../../../../contract/translation.ts';
import type { ProjectRow } from '../../database/translation-tables.ts';
import { runView } from '../run/run-view.ts';
import type { ProjectStore } from '../store/project-store.ts';
import type { RunStore } from '../store/run-store.ts';
import type { UnitStore } from '../store/unit-store.ts';
import type { Project } from './projects.ts';

/** A project as the API shows it: its settings, progress and costs. */
export async function projectView(
  { units, projects, runs }: { units: UnitStore; projects: ProjectStore; runs: RunStore },
  { row, settings, game }: Project,
  batches: ProviderBatchView[],
  waitsFor: NonNullable<ProjectView['run']>['waits_for'] = null,
): Promise<ProjectView> {
  const project = row.id;
  const [counts, files, latest, spent_usd, groups] = await Promise.all([
    units.counts(project),
    projects.files(project),
    runs.latest(project),
    runs.spent({ project }),
    runs.groupCounts({ project }),
  ]);
  const { total, byState, repeats, stale, gone, held, errors, warnings, unanswered } = counts;
  return {
    id: project,
    name: settings.name,
    folder: row.folder,
    game,
    settings,
    files: files.length,
    units: {
      total,
      repeats,
      stale,
      gone,
      held,
      by_state: byState,
      with_errors: errors,
      with_warnings: warnings,
      unanswered,
    },
    spent_usd,
    unknown_groups: groups['unknown'] ?? 0,
    batches,
    run: latest && (await runView(runs, latest, waitsFor)),
    imported_at: row.imported_at === null ? null : new Date(row.imported_at).toISOString(),
  };
}

/** A project as a line of the project list. */
export function lineOf({ id, name, folder, target_language, imported_at }: ProjectRow): ProjectLine {
  const at = imported_at === null ? null : new Date(imported_at).toISOString();
  return { id, name, folder, target_language, imported_at: at };
}
