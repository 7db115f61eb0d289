import { AppError } from '../../lib/app-error.ts';
import type { CheckRules } from '../checks/check-translation.ts';
import { sortedGlossary } from '../glossary/match-terms.ts';
import type { PlanOrder } from '../plan/scene-planner.ts';
import { checkRulesFor } from '../review/check-rules.ts';
import type { ProjectStore } from '../store/project-store.ts';
import { readGlossary } from './project-folder.ts';
import type { Project } from './projects.ts';

/** The settings for planning a project's requests. */
export function planOrderOf({ row, settings }: Project, mock = false, retry = false): PlanOrder {
  const glossary = sortedGlossary(readGlossary(row.folder));
  return { project: row.id, settings, glossary, mock, retry };
}

/** The check rules for a project's units. */
export async function checkRulesOf(
  { row, settings }: Project,
  store: ProjectStore,
): Promise<(unit: { file: string }) => CheckRules> {
  return checkRulesFor(settings, readGlossary(row.folder), await store.files(row.id));
}

/** @throws AppError `invalid_request` if the game was not imported yet */
export function requireImport({ row }: Project): void {
  if (row.imported_at !== null) return;
  const message = 'the game is not imported yet: import it first';
  throw new AppError('invalid_request', message, { project: row.id });
}
