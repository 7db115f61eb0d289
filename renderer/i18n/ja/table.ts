import type { Catalogue } from '../catalogue.ts';

export const table: Catalogue['table'] = {
  table: {
    sortBy: (column) => `${column}で並べ替え`,
    loadingMore: 'さらに読み込み中…',
  },
};
