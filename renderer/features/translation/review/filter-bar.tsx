import { FilterX, Replace } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ProjectView } from '../../../../contract/translation.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { translationMessages as t } from '../../../messages/translation-messages.ts';
import { translationReviewMessages as reviewTexts } from '../../../messages/translation-review-messages.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { formatCount } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import type { SelectOption } from '../../../ui/select.tsx';
import { Select } from '../../../ui/select.tsx';
import { problemName } from './problem-chips.tsx';
import { clearFilter, isFiltered, setFilter, useFilter } from './review-filter.ts';

const states = ['new', 'draft', 'flagged', 'reviewed', 'locked'] as const;
const debounceMs = 150;

interface FilterBarProps {
  view: ProjectView;
  shown: number;
  replacing: boolean;
  onReplace: () => void;
}

/** The filters of the table: problem or state, speaker, file, text. */
export function FilterBar({ view, shown, replacing, onReplace }: FilterBarProps) {
  const project = view.id;
  const filter = useFilter(project);
  const facets = useOperation('translate.facets', { project }).data;
  const any = (label: string): SelectOption => ({ value: '', label });
  const counted = (count: number) => formatCount(count);
  const stateOptions = states.flatMap((state): SelectOption[] => {
    const count = view.units.by_state[state] ?? 0;
    const value = `state:${state}`;
    return count > 0 || filter.show === value
      ? [{ value, label: t.project.state[state], note: counted(count) }]
      : [];
  });
  const problemOptions = (facets?.problems ?? []).map(({ code, units }): SelectOption => ({
    value: `problem:${code}`,
    label: problemName(code),
    note: counted(units),
  }));
  const others: SelectOption[] = [
    ...(view.units.stale > 0
      ? [{ value: 'stale', label: reviewTexts.review.stale, note: counted(view.units.stale) }]
      : []),
    ...(view.units.gone > 0
      ? [{ value: 'gone', label: reviewTexts.review.gone, note: counted(view.units.gone) }]
      : []),
  ];
  const speakers = (facets?.speakers ?? []).map(({ speaker, units }): SelectOption => ({
    value: `=${speaker ?? ''}`,
    label: speaker ?? reviewTexts.review.noSpeaker,
    note: counted(units),
  }));
  const files = (facets?.files ?? []).map(({ path, units }): SelectOption => ({
    value: path,
    label: path,
    note: counted(units),
  }));
  return (
    <div
      role="search"
      aria-label={reviewTexts.review.filters}
      className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-1.5"
    >
      <Select
        label={reviewTexts.review.show}
        groups={[
          { options: [any(reviewTexts.review.all)] },
          { label: reviewTexts.review.states, options: stateOptions },
          { label: reviewTexts.review.problems, options: problemOptions },
          { label: reviewTexts.review.others, options: others },
        ].filter(({ options }) => options.length > 0)}
        value={filter.show}
        onChange={(show) => setFilter(project, { show })}
        className="max-w-44"
      />
      {speakers.length > 1 && (
        <Select
          bare
          label={reviewTexts.review.columns.speaker}
          groups={[{ options: [any(reviewTexts.review.anySpeaker), ...speakers] }]}
          value={filter.speaker}
          onChange={(speaker) => setFilter(project, { speaker })}
          className="max-w-36"
        />
      )}
      {files.length > 1 && (
        <Select
          bare
          label={t.files.columns.path}
          groups={[{ options: [any(reviewTexts.review.anyFile), ...files] }]}
          value={filter.file}
          onChange={(file) => setFilter(project, { file })}
          className="max-w-36"
        />
      )}
      <SearchBox project={project} text={filter.text} />
      {isFiltered(filter) && (
        <IconButton icon={FilterX} label={reviewTexts.review.clear} onClick={() => clearFilter(project)} />
      )}
      <span role="status" className="num text-ink-faint">
        {reviewTexts.review.count(formatCount(shown), formatCount(view.units.total))}
      </span>
      <IconButton
        icon={Replace}
        label={reviewTexts.review.replace}
        aria-expanded={replacing}
        onClick={onReplace}
      />
    </div>
  );
}

/** A search field that responds at once; the core searches after a pause in typing. */
function SearchBox({ project, text }: { project: string; text: string }) {
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  if (known !== text) {
    // The filter was cleared elsewhere.
    setKnown(text);
    setTyped(text);
  }
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = setTimeout(() => {
      setKnown(typed);
      setFilter(project, { text: typed });
    }, debounceMs);
    return () => clearTimeout(timer);
  }, [project, typed, text]);
  useShortcut('filter', () => box.current?.select());
  return (
    <input
      ref={box}
      type="search"
      aria-label={reviewTexts.review.search}
      placeholder={reviewTexts.review.search}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      className="h-7 w-32 min-w-24 flex-1 rounded-md border border-line-strong bg-raised px-2"
    />
  );
}
