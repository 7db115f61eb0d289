import { Download, ListChecks, Play } from 'lucide-react';
import type { ProjectView } from '../../../../contract/translation.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { translationReviewMessages as reviewTexts } from '../../../messages/translation-review-messages.ts';
import { useCommands } from '../../../state/commands.ts';
import { Button } from '../../../ui/button.tsx';
import { formatCount, formatUsd } from '../../../ui/format.ts';
import { InspectorToggle } from '../../../ui/inspector-toggle.tsx';
import { languageLabel } from '../new-project/languages.ts';
import { showOnly } from '../review/review-filter.ts';
import { selectProject } from '../selection.ts';
import { openPanel } from './open-panel.ts';

const icon = { size: 13, 'aria-hidden': true } as const;
const states = ['new', 'draft', 'flagged', 'reviewed', 'locked'] as const;

/** The game, its target language, its progress, and its cost so far. */
export function ProjectHeader({ view }: { view: ProjectView }) {
  const { id, name, settings, units, spent_usd: spent } = view;
  const running = view.run?.state === 'running';
  const limit = settings.limit_usd === undefined ? null : formatUsd(settings.limit_usd);
  const plan = () => selectProject(id, 'plan');
  const run = () => openPanel(id, 'run');
  const openExport = () => openPanel(id, 'export');
  useCommands([
    { id: 'translate.plan', label: t.run.plan, group: t.place.group, run: plan },
    {
      id: 'translate.run',
      label: t.run.run,
      group: t.place.group,
      unavailable: running ? reviewTexts.review.running : undefined,
      run,
    },
    { id: 'translate.export', label: t.export.button, group: t.place.group, run: openExport },
  ]);
  const show = (state: (typeof states)[number] | null) => () => {
    showOnly(id, state);
    selectProject(id, 'review');
  };
  return (
    <header className="shrink-0 border-b border-line px-4 py-1.5">
      <div className="flex min-h-7 items-center gap-2">
        <h1 className="min-w-0 flex-1 truncate text-lg font-semibold" title={view.game}>
          {t.project.into(name, languageLabel(settings.target_language))}
        </h1>
        <Button onClick={plan}>
          <ListChecks {...icon} />
          {t.run.plan}
        </Button>
        <Button
          look="primary"
          disabled={running}
          title={running ? reviewTexts.review.running : t.run.runHelp}
          onClick={run}
        >
          <Play {...icon} />
          {t.run.run}
        </Button>
        <Button onClick={openExport}>
          <Download {...icon} />
          {t.export.button}
        </Button>
        <InspectorToggle />
      </div>
      <div className="num flex flex-wrap items-center gap-x-4 pt-1 text-ink-soft">
        <CountButton text={t.project.units(formatCount(units.total))} onClick={show(null)} />
        {states.map((state) => {
          const count = units.by_state[state] ?? 0;
          if (count === 0) return null;
          const text = t.project.inState[state](formatCount(count));
          return <CountButton key={state} text={text} warn={state === 'flagged'} onClick={show(state)} />;
        })}
        <span className="flex-1" />
        <span title={t.project.spentHelp(limit)}>{t.project.spent(formatUsd(spent), limit)}</span>
      </div>
    </header>
  );
}

function CountButton({ text, warn, onClick }: { text: string; warn?: boolean; onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className={`-mx-1 rounded-sm px-1 hover:bg-hover hover:text-ink ${warn ? 'text-warn' : ''}`}
    >
      {text}
    </button>
  );
}
