import { QueryObserver } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ProjectView } from '../../../../contract/translation.ts';
import { request } from '../../../api/client.ts';
import { operationQuery } from '../../../api/use-operation.ts';
import { queryClient } from '../../../api/query-client.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { toast } from '../../../state/toasts.ts';
import { formatCount, formatUsd } from '../../../ui/format.ts';
import { isOnScreen } from '../selection.ts';
import { runReason } from './run-reason.ts';

/** A shorter run is not announced: the user is still looking at it. */
const longMs = 15_000;

/** Queries that read all lines of a project: reloaded only once, when the run is over. */
const atEnd = ['translate.facets', 'translate.plan', 'translate.request'];

const watched = new Set<string>();

/**
 * Announces the end of a run with a toast, and with a system notification if the window is in the background.
 * The project itself shows why the run stopped and what helps; a toast would only cover that.
 */
async function announce({ id, name, run }: ProjectView): Promise<void> {
  if (!run) return;
  const state = t.run.states[run.state];
  const isProblem = run.state === 'waiting' || run.code !== null;
  const title = run.state === 'done' ? t.run.ended(name) : t.run.stoppedIn(name);
  const description =
    runReason(run) ?? t.run.endedBody(state, formatCount(run.units), formatUsd(run.spent_usd));
  if (run.state === 'done' && !isProblem) toast({ title, description });
  else if (!isOnScreen(id)) toast({ title, description, ...(isProblem && { kind: 'bad' }) });
  const durationMs = Date.parse(run.ended_at ?? run.started_at) - Date.parse(run.started_at);
  if (durationMs < longMs || document.hasFocus() || window.panel === undefined) return;
  // The panel also shows it, so nothing is lost on a system without notifications.
  await request('app.notify', { title, body: description }).catch(() => undefined);
}

/** Follows a run to its end, even if the user switches to another view. */
function watchRun(project: string): void {
  if (watched.has(project)) return;
  watched.add(project);
  const observer = new QueryObserver(queryClient, operationQuery('translate.get', { project }));
  const stop = observer.subscribe(({ data }) => {
    const view = data?.project;
    if (!view || view.run?.state === 'running') return;
    stop();
    watched.delete(project);
    for (const name of atEnd) void queryClient.invalidateQueries({ queryKey: [name] });
    void announce(view);
  });
}

export function useRunWatch(view: ProjectView | undefined): void {
  const project = view?.run?.state === 'running' ? view.id : undefined;
  useEffect(() => {
    if (project !== undefined) watchRun(project);
  }, [project]);
}
