import type { CSSProperties, ReactNode } from 'react';

/** One column of a data table. Keep the array outside the component: a new array redraws the table. */
export interface Column<T> {
  id: string;
  /** A function for columns defined outside a component, because the language can change. */
  header: string | (() => string);
  /** In pixels at 100 % text size; scales with the text size. */
  width: number;
  /** Its share of the remaining width; 0 keeps its width. */
  grow?: number;
  align?: 'end';
  /** Names, numbers, ids and prices use the monospaced font. */
  mono?: boolean;
  cell: (row: T) => ReactNode;
  /** The full text of a truncated cell. */
  title?: (row: T) => string | undefined;
  /** The value to sort by; null is last in both directions. A column without it cannot be sorted. */
  sortBy?: (row: T) => string | number | null;
  /** The surrounding view can sort its rows by this column; see the table's `order`. */
  sortable?: boolean;
  /** The first click sorts in descending order. */
  largestFirst?: boolean;
}

/** A column's name in the current language. */
export function headerOf<T>({ header }: Column<T>): string {
  return typeof header === 'string' ? header : header();
}

const rem = (pixels: number) => `${pixels / 16}rem`;

/** The style of the box around the header and the rows, which take the columns from it: `grid-cols-(--columns)`. */
export function gridOf<T>(columns: readonly Column<T>[]): CSSProperties {
  const track = ({ width, grow = 0 }: Column<T>) =>
    grow > 0 ? `minmax(${rem(width)}, ${grow}fr)` : rem(width);
  return {
    '--columns': columns.map(track).join(' '),
    minWidth: rem(columns.reduce((sum, { width }) => sum + width, 0)),
  } as CSSProperties;
}
