import type { Catalogue } from '../catalogue.ts';

export const table: Catalogue['table'] = {
  table: {
    sortBy: (column) => `按“${column}”排序`,
    loadingMore: '正在加载更多…',
  },
};
