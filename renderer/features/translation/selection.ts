import { knownAnswer } from '../../api/query-client.ts';
import { goTo, usePath, useView } from '../../state/view.ts';

export const projectTabs = ['review', 'glossary', 'files', 'plan', 'runs', 'settings'] as const;
export type ProjectTab = (typeof projectTabs)[number];

export type Selection = { kind: 'project'; project: string; tab: ProjectTab } | { kind: 'new' };

/** The selection in the address; by default the first project. */
export function useSelection(projects: readonly { id: string }[] | undefined): Selection {
  const [project, tab] = usePath();
  const shown = projectTabs.find((name) => name === tab) ?? 'review';
  if (project === 'new') return { kind: 'new' };
  if (project !== undefined) return { kind: 'project', project, tab: shown };
  const [first] = projects ?? [];
  return first ? { kind: 'project', project: first.id, tab: 'review' } : { kind: 'new' };
}

/** Whether the window shows this project. */
export function isOnScreen(project: string): boolean {
  const { view, path } = useView.getState();
  const [shown = knownAnswer('translate.list')?.projects[0]?.id] = path;
  return view === 'translate' && shown === project;
}

export function selectProject(project: string, tab: ProjectTab = 'review'): void {
  goTo('translate', project, tab);
}

/** After a project was removed: shows the first project, or the page that creates one. */
export function leaveProject(project: string): void {
  if (isOnScreen(project)) goTo('translate');
}

export function selectNew(): void {
  goTo('translate', 'new');
}
