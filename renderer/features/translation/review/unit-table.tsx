import { SearchX } from 'lucide-react';
import type { KeyboardEvent, MouseEvent } from 'react';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { UnitView } from '../../../../contract/translation.ts';
import { translationReviewMessages as reviewTexts } from '../../../messages/translation-review-messages.ts';
import { shortcutOf } from '../../../state/key-map.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { stepRow } from '../../../ui/data-table/step-row.ts';
import { useFilledRows } from '../../../ui/data-table/use-filled-rows.ts';
import { useRowHeight } from '../../../ui/data-table/use-row-height.ts';
import { scrollToRow, useVirtualRows } from '../../../ui/data-table/use-virtual-rows.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { MenuItems } from '../../../ui/menu-items.tsx';
import { RowMenu } from '../../../ui/row-menu.tsx';
import { clearFilter, type UnitQuery } from './review-filter.ts';
import { select, setEditing, useReview } from './review-store.ts';
import { approveUnit, retryUnit, saveDraft } from './unit-actions.ts';
import type { UnitIndex } from './unit-index.ts';
import { unitChoices } from './unit-choices.ts';
import { UnitFooter } from './unit-footer.tsx';
import { rowGrid, UnitRow } from './unit-row.tsx';
import { useUnits } from './use-units.ts';

interface UnitTableProps {
  project: string;
  listed: { index: UnitIndex; of: UnitQuery };
  filtered: boolean;
  running: boolean;
}

/** All lines that pass the filter; only the visible ones are loaded. */
export function UnitTable({ project, listed, filtered, running }: UnitTableProps) {
  const { index } = listed;
  const scroller = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const headHeight = useRowHeight(head);
  // A row has two lines of text.
  const rowHeight = (headHeight * 11) / 7;
  const selected = useReview((state) => state.selected[project]);
  const editing = useReview((state) => state.editing);
  const at =
    selected === undefined || index.total === 0 ? -1 : Math.min(index.positionOf(selected), index.total - 1);
  // Numbers as keys: strings for a hundred thousand units would be created with every answer.
  const keyAt = useCallback((position: number) => index.ordinalAt(position), [index]);
  const virtual = useVirtualRows({
    count: index.total,
    rowHeight,
    headHeight,
    activeIndex: at,
    keyAt,
    scroller,
  });
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {};
  const units = useUnits(project, listed, startIndex, endIndex);
  const items = virtual.getVirtualItems();
  const filled = useFilledRows(
    items.map(({ index: position }) => index.ordinalAt(position)).filter((ordinal) => units.has(ordinal)),
  );
  const active = at >= 0 ? at : startIndex;
  const current = at >= 0 ? units.get(index.ordinalAt(at)) : undefined;

  const id = current?.id;
  useEffect(() => {
    useReview.setState({ unit: id === undefined ? null : { project, id } });
  }, [project, id]);

  const focusRow = useCallback(
    () =>
      scroller.current
        ?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')
        ?.focus({ preventScroll: true }),
    [],
  );
  // After an action, the focused row may show another unit, or be rendered anew.
  const wantsFocus = useRef(false);
  useLayoutEffect(() => {
    const focused = document.activeElement;
    const inTable = focused !== null && scroller.current?.contains(focused);
    const moved =
      inTable && focused.getAttribute('role') === 'row' && focused.getAttribute('tabindex') !== '0';
    if (!wantsFocus.current && !moved) return;
    wantsFocus.current = false;
    focusRow();
  });

  // When the view opens again: the last selected unit. Under another filter: the selected unit or the top.
  const shownFor = useRef<UnitQuery | null>(null);
  useEffect(() => {
    if (shownFor.current === listed.of) return;
    shownFor.current = listed.of;
    if (at >= 0) virtual.scrollToIndex(at, { align: 'center' });
    else virtual.scrollToOffset(0);
  }, [listed.of, at, virtual]);

  const goTo = useCallback(
    (position: number) => {
      if (position < 0 || position >= index.total) return;
      select(project, index.ordinalAt(position));
      scrollToRow(scroller.current, position, rowHeight, headHeight);
      wantsFocus.current = true;
    },
    [project, index, rowHeight, headHeight],
  );
  const onSave = useCallback(
    (unit: UnitView, text: string) => {
      setEditing(null);
      wantsFocus.current = document.activeElement?.tagName !== 'INPUT';
      void saveDraft(project, unit, text);
    },
    [project],
  );
  const approve = useCallback(
    (unit: UnitView, text: string | null) => {
      const position = index.positionOf(unit.ordinal);
      setEditing(null);
      // Moves first: an approved line may leave the list.
      if (position + 1 < index.total) goTo(position + 1);
      else wantsFocus.current = true;
      void approveUnit(project, unit, text).then((done) => {
        if (!done) select(project, unit.ordinal);
      });
    },
    [project, index, goTo],
  );
  const onCancel = useCallback(() => {
    setEditing(null);
    wantsFocus.current = true;
  }, []);
  const editable = current !== undefined && current.read_only === null;
  useShortcut(
    'run',
    () => current && approve(current, null),
    editable && current.target !== null && editing === null,
  );

  function onKeyDown(press: KeyboardEvent<HTMLElement>): void {
    if ((press.target as HTMLElement).getAttribute('role') !== 'row') return;
    const shortcut = shortcutOf(press);
    const key = shortcut === 'nextUnit' ? 'ArrowDown' : shortcut === 'previousUnit' ? 'ArrowUp' : press.key;
    if (press.ctrlKey || press.metaKey || press.altKey || press.shiftKey) return;
    if (press.key === 'Enter' && editable) setEditing(current.ordinal);
    else if (shortcut === 'retryUnit' && current?.state === 'flagged' && !running)
      void retryUnit(project, current);
    else {
      const page = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1;
      const next = stepRow(key, active, index.total, page);
      if (next === null) return;
      goTo(at < 0 && key.startsWith('Arrow') ? active : next);
    }
    press.preventDefault();
  }

  function rowOf({ target }: MouseEvent<HTMLElement>): number | null {
    if ((target as HTMLElement).closest('textarea, button')) return null;
    const text = (target as HTMLElement).closest<HTMLElement>('[data-at]')?.dataset.at;
    return text === undefined ? null : Number(text);
  }

  const handlers = {
    onApprove: (unit: UnitView) => approve(unit, null),
    onEdit: (unit: UnitView) => setEditing(unit.ordinal),
    onRetry: (unit: UnitView) => void retryUnit(project, unit),
  };
  const menuOf = (ordinal: string) => (
    <MenuItems
      items={unitChoices(units.get(Number(ordinal)), running, handlers).map(({ run, ...choice }) => ({
        ...choice,
        onSelect: run,
      }))}
    />
  );

  return (
    <RowMenu menuOf={menuOf}>
      <div ref={scroller} className="relative min-h-0 flex-1 overflow-auto overscroll-contain">
        <div
          role="grid"
          aria-label={reviewTexts.review.table}
          aria-rowcount={index.total + 1}
          aria-colcount={5}
          className="min-w-136"
          onKeyDown={onKeyDown}
          onMouseDown={(event) => {
            const position = rowOf(event);
            if (position !== null) select(project, index.ordinalAt(position));
          }}
          onDoubleClick={(event) => {
            const position = rowOf(event);
            if (position !== null && editable) setEditing(index.ordinalAt(position));
          }}
        >
          <div role="rowgroup" className="sticky top-0 z-20">
            <div
              ref={head}
              role="row"
              aria-rowindex={1}
              className={`${rowGrid} h-7 items-center border-b border-line bg-panel text-sm text-ink-faint`}
            >
              {(['state', 'speaker', 'source', 'target', 'problems'] as const).map((name) => (
                <span key={name} role="columnheader" className="truncate">
                  {name === 'state' ? (
                    <span className="sr-only">{reviewTexts.review.columns.state}</span>
                  ) : (
                    reviewTexts.review.columns[name]
                  )}
                </span>
              ))}
            </div>
          </div>
          <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
            {items.map(({ index: position, start }) => {
              const ordinal = index.ordinalAt(position);
              return (
                <UnitRow
                  key={ordinal}
                  unit={filled.has(ordinal) ? units.get(ordinal) : undefined}
                  position={position}
                  top={start - headHeight}
                  selected={position === at}
                  active={position === active}
                  editing={editing === ordinal}
                  onSave={onSave}
                  onApprove={approve}
                  onCancel={onCancel}
                />
              );
            })}
          </div>
        </div>
        {index.total === 0 && (
          <div className="sticky left-0 h-60">
            <EmptyState
              icon={SearchX}
              title={filtered ? reviewTexts.review.noMatch : reviewTexts.review.empty}
            >
              {filtered && <Button onClick={() => clearFilter(project)}>{reviewTexts.review.clear}</Button>}
            </EmptyState>
          </div>
        )}
      </div>
      {index.total > 0 && <UnitFooter unit={current} running={running} handlers={handlers} />}
    </RowMenu>
  );
}
