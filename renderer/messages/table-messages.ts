import { liveMessages } from '../i18n/live-messages.ts';

/** Words of the one table that every place uses. */
export const tableMessages = liveMessages('table', {
  table: {
    sortBy: (column: string) => `Sort by ${column}`,
    loadingMore: 'Loading more…',
  },
});
