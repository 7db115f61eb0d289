import type { KeyboardEvent } from 'react';
import type { ProjectView } from '../../../../contract/translation.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { clsx } from 'clsx';
import { formatCount } from '../../../ui/format.ts';
import { projectTabs, selectProject, type ProjectTab } from '../selection.ts';

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** The tabs of a project. The open tab is in the address, so that Back returns to the previous one. */
export function ProjectTabs({ view, tab }: { view: ProjectView; tab: ProjectTab }) {
  const glossary = useOperation('translate.glossary', { project: view.id }).data;
  const counts: Partial<Record<ProjectTab, number>> = {
    glossary: glossary?.entries.length ?? 0,
    files: view.files,
  };
  function onKeyDown(press: KeyboardEvent<HTMLElement>): void {
    const step = steps[press.key];
    if (step === undefined) return;
    press.preventDefault();
    const at = projectTabs.indexOf(tab);
    const next = projectTabs[(at + step + projectTabs.length) % projectTabs.length] ?? tab;
    selectProject(view.id, next);
    press.currentTarget.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  }
  return (
    <div
      role="tablist"
      aria-label={t.project.parts}
      onKeyDown={onKeyDown}
      className="flex shrink-0 gap-x-3 border-b border-line px-4"
    >
      {projectTabs.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          data-tab={name}
          aria-selected={name === tab}
          tabIndex={name === tab ? 0 : -1}
          onClick={() => selectProject(view.id, name)}
          className={clsx(
            '-mb-px flex h-8 items-center gap-1 border-b-2 transition-colors',
            name === tab ? 'border-accent text-ink' : 'border-transparent text-ink-soft hover:text-ink',
          )}
        >
          {t.project.tabs[name]}
          {counts[name] ? <span className="num text-ink-faint">{formatCount(counts[name])}</span> : null}
        </button>
      ))}
    </div>
  );
}
