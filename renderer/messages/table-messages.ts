import { liveMessages } from '../i18n/live-messages.ts';

/** Texts of the table that every view uses. */
export const tableMessages = liveMessages('table', {
  table: {
    sortBy: (column: string) => `Sort by ${column}`,
    loadingMore: 'Loading more…',
  },
});
