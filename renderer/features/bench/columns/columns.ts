import { create } from 'zustand';
import type { Target } from '../../../state/target.ts';
import { useTarget } from '../../../state/target.ts';

/** The column that always exists; its target is the Bench's own. */
export const mainColumn = 'main';
/** More columns do not fit side by side. */
export const maxColumns = 4;

/** The target of a further column. The module is shared by all columns. */
export type OwnTarget = Omit<Target, 'module'>;

export interface Column {
  id: string;
  target: Target;
}

interface Columns {
  further: readonly { id: string; target: OwnTarget }[];
  /** The column that the inspector shows and Ctrl+Shift+Enter runs. */
  active: string;
  /** Marks the words of each reply that differ from the first column's. */
  differences: boolean;
  /** Columns that are not run; a muted column keeps its last reply. */
  muted: readonly string[];
  /** Sends models picked by hand with the settings of the module's preset. A model alone would have none. */
  presetSettings: boolean;
}

export const useColumns = create<Columns>(() => ({
  further: [],
  active: mainColumn,
  differences: false,
  muted: [],
  presetSettings: true,
}));

export function toggleDifferences(): void {
  useColumns.setState(({ differences }) => ({ differences: !differences }));
}

export function togglePresetSettings(): void {
  useColumns.setState(({ presetSettings }) => ({ presetSettings: !presetSettings }));
}

export function toggleMuted(id: string): void {
  useColumns.setState(({ muted }) => ({
    muted: muted.includes(id) ? muted.filter((one) => one !== id) : [...muted, id],
  }));
}

/** A single column is never muted: there would be nothing to run. */
export function isMuted(id: string, { muted, further }: Pick<Columns, 'muted' | 'further'>): boolean {
  return further.length > 0 && muted.includes(id);
}

function withModule(further: Columns['further'], main: Target): Column[] {
  const others = further.map(({ id, target }) => ({ id, target: { ...target, module: main.module } }));
  return [{ id: mainColumn, target: main }, ...others];
}

/** All columns from left to right, in the current state. */
export function columnsNow(): Column[] {
  return withModule(useColumns.getState().further, useTarget.getState());
}

export function useAllColumns(): Column[] {
  return withModule(
    useColumns((state) => state.further),
    useTarget(),
  );
}

/** The column that was last clicked or typed in. */
export function useActiveColumn(): Column {
  const all = useAllColumns();
  const active = useColumns((state) => state.active);
  return all.find(({ id }) => id === active) ?? all[0]!;
}

export function setActiveColumn(id: string): void {
  if (useColumns.getState().active !== id) useColumns.setState({ active: id });
}

/** Adds a column to the right and makes it active. Does nothing if there are already four. */
export function addColumn(target: Partial<OwnTarget> = {}): void {
  const all = columnsNow();
  if (all.length >= maxColumns) return;
  const { module: _, ...last } = all.at(-1)!.target;
  const id = crypto.randomUUID();
  useColumns.setState(({ further }) => ({
    further: [...further, { id, target: { ...last, ...target } }],
    active: id,
  }));
}

export function removeColumn(id: string): void {
  useColumns.setState(({ further, muted }) => ({
    further: further.filter((column) => column.id !== id),
    muted: muted.filter((one) => one !== id),
    active: mainColumn,
  }));
}

export function setColumnTarget(id: string, change: Partial<OwnTarget>): void {
  if (id === mainColumn) useTarget.setState(change);
  useColumns.setState(({ further }) => ({
    further: further.map((column) =>
      column.id === id ? { id, target: { ...column.target, ...change } } : column,
    ),
  }));
}
