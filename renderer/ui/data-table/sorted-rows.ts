import type { ColumnDef, SortFn } from '@tanstack/react-table';
import {
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ReactTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { Column } from './column.ts';

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
type Features = typeof features;
/** Rows are objects; the table library requires an index signature, which interfaces do not have. */
type Indexed<T> = T & Record<string, unknown>;
export type SortedTable<T> = ReactTable<Features, Indexed<T>>;

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Compares numbers by value and text in natural order: `gpt-4` before `gpt-10`. */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(String(a), String(b));
}

const bySortValue: SortFn<Features, never> = (a, b, id) => compareValues(a.getValue(id), b.getValue(id));

function definitionOf<T>(column: Column<T>): ColumnDef<Features, Indexed<T>> {
  const { id, sortBy, largestFirst } = column;
  return {
    id,
    accessorFn: (row: T) => sortBy?.(row) ?? undefined,
    enableSorting: sortBy !== undefined,
    sortDescFirst: largestFirst ?? false,
    sortFn: bySortValue as unknown as SortFn<Features, Indexed<T>>,
    sortUndefined: 'last',
  };
}

/** The rows sorted by the clicked header, else in their original order. */
export function useSortedTable<T>(
  data: readonly T[],
  columns: readonly Column<T>[],
  rowId: (row: T) => string,
): SortedTable<T> {
  const definitions = useMemo(() => columns.map(definitionOf), [columns]);
  return useTable<Features, Indexed<T>>({
    features,
    columns: definitions,
    data: data as Indexed<T>[],
    getRowId: rowId,
    enableMultiSort: false,
  });
}
