import type { ReactNode } from 'react';

/** One column of a data table. Keep the array outside the component: its identity decides what is drawn again. */
export interface Column<T> {
  id: string;
  /** A function where the columns stand outside a component: their language can change. */
  header: string | (() => string);
  /** In pixels at 100 % text; it grows with the text size. */
  width: number;
  /** Its share of the room that is left over; 0 keeps its width. */
  grow?: number;
  align?: 'end';
  /** Names, numbers, ids and prices stand in the fixed-width face. */
  mono?: boolean;
  cell: (row: T) => ReactNode;
  /** The whole of what a narrow cell cuts. */
  title?: (row: T) => string | undefined;
  /** What the column sorts by; null goes last either way. A column without it cannot be sorted. */
  sortBy?: (row: T) => string | number | null;
  /** The view around the table can put its rows in the order of this column; see `order` of the table. */
  sortable?: boolean;
  /** The first click puts the largest on top. */
  largestFirst?: boolean;
}

/** The name of a column in the language on screen. */
export function headerOf<T>({ header }: Column<T>): string {
  return typeof header === 'string' ? header : header();
}

const rem = (pixels: number) => `${pixels / 16}rem`;

/** The columns as one line of a CSS grid, the same for the head and for every row. */
export function gridOf<T>(columns: readonly Column<T>[]): { gridTemplateColumns: string; minWidth: string } {
  const track = ({ width, grow = 0 }: Column<T>) =>
    grow > 0 ? `minmax(${rem(width)}, ${grow}fr)` : rem(width);
  return {
    gridTemplateColumns: columns.map(track).join(' '),
    minWidth: rem(columns.reduce((sum, { width }) => sum + width, 0)),
  };
}
