import { useOperation } from '../../../api/use-operation.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { ExportPanel } from '../export/export-panel.tsx';
import { FilesTab } from '../files/files-tab.tsx';
import { GlossaryTab } from '../glossary/glossary-tab.tsx';
import { PlanTab } from '../plan/plan-tab.tsx';
import { ReviewTab } from '../review/review-tab.tsx';
import { ConfirmRun } from '../run/confirm-run.tsx';
import { RunStrip } from '../run/run-strip.tsx';
import { RunsTab } from '../run/runs-tab.tsx';
import { useRunWatch } from '../run/watch-run.ts';
import type { ProjectTab } from '../selection.ts';
import { ProjectHeader } from './project-header.tsx';
import { usePanel } from './open-panel.ts';
import { ProjectTabs } from './project-tabs.tsx';
import { SettingsTab } from './settings-tab.tsx';

/** One game: its figures, its run, and the open tab. */
export function ProjectPane({ project, tab }: { project: string; tab: ProjectTab }) {
  const { data, error, refetch } = useOperation('translate.get', { project });
  const panel = usePanel((state) => (state.project === project ? state.panel : null));
  useRunWatch(data?.project);
  if (error && !data) return <QueryFailure error={error.info} onRetry={() => void refetch()} />;
  if (!data) return <p className="appear-late p-3 text-ink-faint">{t.place.loading}</p>;
  const view = data.project;
  return (
    <div className="flex h-full flex-col">
      <ProjectHeader view={view} />
      <RunStrip view={view} />
      {panel === 'run' && <ConfirmRun view={view} besidePlan={tab === 'plan'} />}
      {panel === 'export' && <ExportPanel view={view} />}
      <ProjectTabs view={view} tab={tab} />
      {/* Below an open panel in a small window, the view scrolls instead of leaving a strip of a few pixels. */}
      <div className="flex min-h-52 flex-1 flex-col">
        {tab === 'review' && <ReviewTab view={view} />}
        {tab === 'glossary' && <GlossaryTab project={project} />}
        {tab === 'files' && <FilesTab view={view} />}
        {tab === 'plan' && <PlanTab view={view} />}
        {tab === 'runs' && <RunsTab project={project} />}
        {tab === 'settings' && <SettingsTab view={view} />}
      </div>
    </div>
  );
}
