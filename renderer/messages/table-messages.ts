/** Words of the one table that every place uses. */
export const tableMessages = {
  table: {
    sortBy: (column: string) => `Sort by ${column}`,
    loadingMore: 'Loading more…',
  },
} as const;
